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

const readPairs = (text: string, delimiter: string, into: Variables): void => {
  for (const pair of separate(text, delimiter, 1024)) {
    const [name = '', value] = separate(pair, '=', 2)
    if (value === undefined) continue
    into.delete(name)
    into.set(name, value)
  }
}

const trimBlanks = (text: string): string => (text.startsWith(' ') ? text.replace(/^ +/, '') : text)

/** Takes the variables off the front of a text (`switch_event_create_brackets` in `src/switch_event.c`). */
const takeVariables = (
  text: string,
  open: string,
  close: string,
  delimiter: string,
): { variables: Variables; rest: string } | undefined => {
  const variables: Variables = new Map()
  let rest = trimBlanks(text)
  while (rest.startsWith(open)) {
    const end = closing(rest, open, close)
    if (end < 0) return undefined
    readPairs(rest.slice(1, end), delimiter, variables)
    rest = rest.slice(end + 1)
  }
  return { variables, rest: trimBlanks(rest) }
}

/** What stands for a comma in brackets while legs are cut apart: one in a value, and one between two variables. */
const [IN_VALUE, BETWEEN] = ['\x01', '\x02']

/** Hides commas in brackets: those in quotes are of a value, and all of them where `^^` names another delimiter. */
const hideCommas = (group: string): string => {
  if (!group.includes('[')) return group
  let out = ''
  let end = -1
  let quoted = false
  let otherDelimiter = false
  for (let i = 0; i < group.length; i++) {
    const char = group.charAt(i)
    if (end < 0 && char === '[') {
      const found = closing(group.slice(i), '[', ']')
      end = found < 0 ? -1 : i + found
      otherDelimiter = group.startsWith('^^', i + 1)
      quoted = false
    }
    if (char === "'") quoted = !quoted
    const hidden = i < end && char === ',' && group[i - 1] !== '\\'
    out += hidden ? (quoted || otherDelimiter ? IN_VALUE : BETWEEN) : char
    if (i === end) end = -1
  }
  return out
}

const readLeg = (text: string): DialTarget | undefined => {
  const leg = trimBlanks(text)
  const end = leg.startsWith('[') ? closing(leg, '[', ']') : -1
  const restored = end < 0 ? leg : leg.slice(0, end).replaceAll(IN_VALUE, ',') + leg.slice(end)
  const found = takeVariables(restored, '[', ']', BETWEEN)
  return found && { variables: found.variables, endpoint: found.rest }
}

const MOST_LEGS = 128

/**
 * Reads a dial string: `{a=b,c=d}` for all legs, then legs with `[…]` of their own, `,` between those that ring at once and
 * `|` between those that are tried in turn (`switch_ivr_originate`). Undefined when a brace does not close.
 */
export const parseDialString = (text: string): DialString | undefined => {
  const front = takeVariables(text, '{', '}', ',')
  if (!front) return undefined
  const groups: DialTarget[][] = []
  for (const group of separate(front.rest, '|', MOST_LEGS)) {
    const targets: DialTarget[] = []
    for (const leg of separate(hideCommas(group), ',', MOST_LEGS)) {
      const target = readLeg(leg)
      if (!target) return undefined
      targets.push(target)
    }
    groups.push(targets)
  }
  return { variables: front.variables, groups }
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
