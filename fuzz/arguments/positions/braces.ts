import type { Pairs } from '../../model/brackets.ts'
import { holdsVariable } from '../../model/expand.ts'
import { addHeader } from '../../model/event.ts'
import { dialled } from '../../model/originate.ts'
import { injected, wrong, type Verdict } from '../verdict.ts'

/** What this client sets beside what it is asked to. */
const OWN = [
  ...[
    'ignore_early_media',
    'originate_timeout',
    'origination_uuid',
    'sip_h_x-switchix-call',
    'sip_h_x-switchix-app',
  ],
]

/** Whether these variables, and none but our own beside them, were set. An empty value may be left out. */
export const judgeVars = (pairs: Pairs, want: Readonly<Record<string, string>>): Verdict => {
  for (const [name, value] of pairs) {
    if (!(name in want) && !OWN.includes(name.toLowerCase())) return injected(`variable ${name}=${value}`)
    if (holdsVariable(value)) return injected(`variable ${name} expands ${value}`)
  }
  for (const [name, given] of Object.entries(want)) {
    const found = pairs.filter((pair) => pair[0] === name)
    if (found.length > 1) return injected(`variable ${name} comes ${found.length} times`)
    const headers = addHeader([], name, found[0]?.[1] ?? '')
    if (headers.some(({ array }) => array.length > 0)) return injected(`variable ${name} is an array`)
    if ((headers[0]?.value ?? '') !== given)
      return wrong(`variable ${name} is ${JSON.stringify(headers[0]?.value)}`)
  }
  return undefined
}

/** Judges a dial string that is to call one party. */
export const judgeDial = (
  dial: string,
  want: Readonly<Record<string, string>>,
  judge: (party: string) => Verdict,
): Verdict => {
  const found = dialled(dial)
  if (typeof found === 'string') return injected(found)
  const [[party, ...more] = [], ...turns] = found.parties
  if (!party || more.length > 0 || turns.length > 0) return injected(found.parties)
  if (party.vars.length > 0) return injected(party.vars)
  if (found.nestedVars) return injected('${…} in variables is let through')
  const vars = judgeVars(found.vars, want)
  return vars ?? judge(party.dial)
}
