import { separate } from './separate.ts'

/** Variables in braces, in order: a name that comes again counts anew. */
export type Variables = Map<string, string>

/** One leg of a dial string. */
export interface DialTarget {
  /** Those in `[…]`, for this leg alone. */
  readonly variables: Variables
  /** What is dialed: `sofia/external/park@127.0.0.1:5080`. */
  readonly endpoint: string
}

export interface DialString {
  /** Those in `{…}`, for all legs. */
  readonly variables: Variables
  /** Groups that are tried one after the other (`|`), each of legs that ring at once (`,`). */
  readonly groups: readonly (readonly DialTarget[])[]
}

/** Where the brace that opens a text closes; quotes do not count (`switch_find_end_paren` in `src/switch_utils.c`). */
const closing = (text: string, open: string, close: string): number => {
  let depth = 0
  const [opening, ending] = [open.charCodeAt(0), close.charCodeAt(0)]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === opening) depth++
    else if (code === ending && --depth === 0) return i
  }
  return -1
}

/** What stands for a comma in brackets while legs are cut apart: one of a value, and one between variables. */
const OF_VALUE = '\x01'
const BETWEEN = '\x02'

const readPairs = (text: string, delimiter: string, into: Variables): void => {
  for (const pair of separate(text, delimiter)) {
    const [name = '', value] = separate(pair, '=', 2)
    if (value === undefined) continue
    into.delete(name)
    into.set(name, value)
  }
}

const withoutBlanks = (text: string): string => text.replace(/^ +/, '')

/** Takes the variables off the front of a text (`switch_event_create_brackets` in `src/switch_event.c`). */
const takeVariables = (
  text: string,
  [open, close, delimiter]: readonly [string, string, string],
  variables: Variables,
): string | undefined => {
  let rest = text
  while (rest.startsWith(open)) {
    const end = closing(rest, open, close)
    if (end < 0) return undefined
    readPairs(rest.slice(1, end).replaceAll(OF_VALUE, ','), delimiter, variables)
    rest = rest.slice(end + 1)
  }
  return rest
}

/** Commas in brackets part no legs (`switch_ivr_originate`): what they are, quotes and `^^` tell. */
const hideCommas = (group: string): string => {
  if (!group.includes('[')) return group
  let out = ''
  let end = -1
  let quoted = false
  let ofValue = false
  for (let i = 0; i < group.length; i++) {
    const char = group.charAt(i)
    if (end < 0 && char === '[') {
      const length = closing(group.slice(i), '[', ']')
      end = length < 0 ? -1 : i + length
      ofValue = group.startsWith('^^', i + 1)
      quoted = false
    }
    if (char === "'") quoted = !quoted
    const isHidden = i < end && char === ',' && group.charAt(i - 1) !== '\\'
    out += isHidden ? (quoted || ofValue ? OF_VALUE : BETWEEN) : char
    if (i === end) end = -1
  }
  return out
}

const readLeg = (leg: string): DialTarget | undefined => {
  const variables: Variables = new Map()
  const endpoint = takeVariables(withoutBlanks(leg), ['[', ']', BETWEEN], variables)
  return endpoint === undefined ? undefined : { variables, endpoint: withoutBlanks(endpoint) }
}

/**
 * Reads a dial string: `<a=b>` and `{a=b,c=d}` for all legs, then legs with `[…]` of their own, `,` between those that ring at
 * once and `|` between those that are tried in turn, in FreeSWITCH's rounds (`switch_ivr_originate`). Undefined when a bracket does
 * not close.
 */
export const parseDialString = (text: string): DialString | undefined => {
  const variables: Variables = new Map()
  const afterAngles = takeVariables(withoutBlanks(text), ['<', '>', ','], variables)
  const rest = afterAngles === undefined ? undefined : takeVariables(afterAngles, ['{', '}', ','], variables)
  if (rest === undefined) return undefined
  const groups: DialTarget[][] = []
  for (const group of separate(withoutBlanks(rest), '|')) {
    const targets: DialTarget[] = []
    for (const leg of separate(hideCommas(group), ',')) {
      const target = readLeg(leg)
      if (!target) return undefined
      targets.push(target)
    }
    groups.push(targets)
  }
  return { variables, groups }
}

/** What one leg is dialed with: those of all, then its own. */
export const variablesOf = ({ variables }: DialString, target: DialTarget): Variables => {
  const all: Variables = new Map(variables)
  for (const [name, value] of target.variables) {
    all.delete(name)
    all.set(name, value)
  }
  return all
}
