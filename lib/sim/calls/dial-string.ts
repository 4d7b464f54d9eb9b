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

const readPairs = (text: string, into: Variables): void => {
  for (const pair of separate(text, ',')) {
    const [name = '', value] = separate(pair, '=', 2)
    if (value === undefined) continue
    into.delete(name)
    into.set(name, value)
  }
}

/** Takes the variables off the front of a text (`switch_event_create_brackets` in `src/switch_event.c`). */
const takeVariables = (
  text: string,
  open: string,
  close: string,
): { variables: Variables; rest: string } | undefined => {
  const variables: Variables = new Map()
  let rest = text.trimStart()
  while (rest.startsWith(open)) {
    const end = closing(rest, open, close)
    if (end < 0) return undefined
    readPairs(rest.slice(1, end), variables)
    rest = rest.slice(end + 1).trimStart()
  }
  return { variables, rest }
}

/** Cuts legs apart; a delimiter in brackets is no delimiter. */
const cut = (text: string, delimiter: string): string[] => {
  const pieces: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (char === '[') depth++
    else if (char === ']') depth--
    else if (char === delimiter && depth <= 0) {
      pieces.push(text.slice(from, i))
      from = i + 1
    }
  }
  return [...pieces, text.slice(from)].filter((piece) => piece !== '')
}

/**
 * Reads a dial string: `{a=b,c=d}` for all legs, then legs with `[…]` of their own, `,` between those that ring at once and
 * `|` between those that are tried in turn (`switch_ivr_originate`). Undefined when a brace does not close.
 */
export const parseDialString = (text: string): DialString | undefined => {
  const front = takeVariables(text, '{', '}')
  if (!front) return undefined
  const groups: DialTarget[][] = []
  for (const group of cut(front.rest, '|')) {
    const targets: DialTarget[] = []
    for (const leg of cut(group, ',')) {
      const found = takeVariables(leg, '[', ']')
      if (!found) return undefined
      targets.push({ variables: found.variables, endpoint: found.rest.trimEnd() })
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
