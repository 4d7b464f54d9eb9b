import { createBrackets, type Pairs } from './brackets.ts'
import { findEndParen, separate } from './strings.ts'

/** One party that would be called. */
export interface Party {
  readonly vars: Pairs
  /** `endpoint/…` */
  readonly dial: string
}

/** What `switch_ivr_originate` makes of a dial string: parties in turn (`|`), and in each turn together (`,`). */
export interface Dialled {
  readonly vars: Pairs
  readonly parties: readonly (readonly Party[])[]
  /** Whether `${…}` in variables is let through. */
  readonly nestedVars: boolean
}

/** Says why nothing is called. */
export type Refusal = 'enterprise' | 'parse error' | 'nothing to do'

/** The variables of a party, and what follows them (switch_ivr_originate.c:2860). */
const partyOf = (name: string): Party | Refusal => {
  let rest = name.replace(/^ +/, '')
  const vars: (readonly [string, string])[] = []
  while (rest.startsWith('[')) {
    const end = findEndParen(rest, '[', ']')
    const restored = end < 0 ? rest : rest.slice(0, end).replaceAll('\x01', ',') + rest.slice(end)
    const read = createBrackets(restored, '[', ']', '\x02')
    if (!read) return 'parse error'
    vars.push(...read.pairs)
    rest = read.rest
  }
  return { vars, dial: rest.replace(/^ +/, '') }
}

/** Commas in brackets are hidden before the parties are cut apart (:2798). */
const hideCommas = (turn: string): string => {
  const chars = turn.split(/(?:)/)
  let end = -1
  let quoted = false
  let otherDelimiter = false
  for (let p = 0; p < chars.length; p++) {
    if (end < 0 && chars[p] === '[') {
      end = findEndParen(turn.slice(p), '[', ']')
      if (end >= 0) end += p
      otherDelimiter = chars[p + 1] === '^' && chars[p + 2] === '^'
      quoted = false
    }
    if (chars[p] === "'") quoted = !quoted
    if (p < end && chars[p] === ',' && chars[p - 1] !== '\\')
      chars[p] = quoted || otherDelimiter ? '\x01' : '\x02'
    if (p === end) end = -1
  }
  return chars.join('')
}

/** `switch_ivr_originate` (switch_ivr_originate.c:2064), up to the endpoints. */
export const dialled = (bridgeTo: string): Dialled | Refusal => {
  if (bridgeTo.includes(':_:')) return 'enterprise'
  let data = bridgeTo.replace(/^ +/, '')
  const nestedVars = /origination_nested_vars=true/i.test(data)
  const vars: (readonly [string, string])[] = []
  for (const [open, close] of [
    ['<', '>'],
    ['{', '}'],
  ] as const)
    while (data.startsWith(open)) {
      const read = createBrackets(data, open, close, ',')
      if (!read) return 'parse error'
      vars.push(...read.pairs)
      data = read.rest
    }
  data = data.replace(/^ +/, '')
  if (data === '') return 'nothing to do'
  const parties: Party[][] = []
  for (const turn of separate(data, '|', 128)) {
    const together: Party[] = []
    for (const name of separate(hideCommas(turn), ',', 128)) {
      const party = partyOf(name)
      if (typeof party === 'string') return party
      together.push(party)
    }
    parties.push(together)
  }
  return { vars, parties, nestedVars }
}

/** What an `originate` runs on the answered channel. */
export interface Originated {
  /** The dial string. */
  readonly leg: string
  readonly app: string | undefined
  /** The argument of `app` before it is expanded; or the extension, where there is no `&`. */
  readonly arg: string
  /** dialplan, context, caller id name and number, timeout. */
  readonly more: readonly string[]
}

/** `originate_function` (mod_commands.c:5080); undefined for its usage. */
export const originateFunction = (args: string): Originated | undefined => {
  const words = separate(args, ' ', 10)
  if (words.length < 2 || words.length > 7) return undefined
  const [leg = '', extension = '', ...more] = words
  if (!extension.startsWith('&') || extension.length < 2) return { leg, app: undefined, arg: extension, more }
  const [inner = ''] = extension.slice(1).split(')')
  const open = inner.indexOf('(')
  return {
    leg,
    app: open < 0 ? inner : inner.slice(0, open),
    arg: open < 0 ? '' : inner.slice(open + 1),
    more,
  }
}
