import { separate } from './separate.ts'

/** Variables in braces, in order: a name that comes again counts anew. */
export type Variables = Map<string, string>

export interface DialString {
  readonly variables: Variables
  /** What is dialed: `sofia/external/park@127.0.0.1:5080`. */
  readonly endpoint: string
}

/** Where the brace that opens a text closes; quotes do not count (`switch_find_end_paren` in `src/switch_utils.c`). */
const closing = (text: string, open: string, close: string): number => {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (text.charAt(i) === open) depth++
    else if (text.charAt(i) === close && --depth === 0) return i
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

/**
 * Takes the variables off the front of a dial string: `{a=b,c=d}`, and `[…]` for the leg (`switch_event_create_brackets`
 * in `src/switch_event.c`). Undefined when a brace does not close.
 */
export const parseDialString = (text: string): DialString | undefined => {
  const variables: Variables = new Map()
  let rest = text.trimStart()
  for (const [open, close] of [
    ['{', '}'],
    ['[', ']'],
  ] as const) {
    while (rest.startsWith(open)) {
      const end = closing(rest, open, close)
      if (end < 0) return undefined
      readPairs(rest.slice(1, end), variables)
      rest = rest.slice(end + 1).trimStart()
    }
  }
  return { variables, endpoint: rest }
}
