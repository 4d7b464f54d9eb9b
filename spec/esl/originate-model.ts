import { expandVariables } from '../../fuzz/model/expand.ts'
import { dialled, originateFunction } from '../../fuzz/model/originate.ts'

/** What arrives of an `originate …`. */
export interface Originated {
  readonly vars: Record<string, string>
  readonly dial: string
  readonly app: string
  readonly arg: string
}

/** Bytes as chars, as the models take them, and back. */
const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
const chars = (text: string): string => Buffer.from(text, 'latin1').toString('utf8')

/** What becomes of `originate …` for one party; a text where the switch refuses it. `${…}` in the argument stays. */
export const originated = (command: string): Originated | string => {
  const found = originateFunction(bytes(command.replace(/^originate /, '')))
  if (!found) return '-USAGE'
  const called = dialled(found.leg)
  if (typeof called === 'string') return called
  const { vars, parties, nestedVars } = called
  const names: Record<string, string> = {}
  for (const [name, value] of vars)
    if (value !== '' && (nestedVars || !/\$\\*\{/.test(value))) names[chars(name)] = chars(value)
  const arg = expandVariables(found.arg, (inner) => `\${${inner}}`).text
  return { vars: names, dial: chars(parties[0]?.[0]?.dial ?? ''), app: found.app ?? '', arg: chars(arg) }
}
