import { findEndParen, separate } from './strings.ts'

/** Variables in the order that they were read; a name may come twice. */
export type Pairs = readonly (readonly [name: string, value: string])[]

/**
 * `switch_event_create_brackets` (switch_event.c:1664): the pairs, and what follows the brackets; undefined where they do not
 * end.
 */
export const createBrackets = (
  data: string,
  open: string,
  close: string,
  comma: string,
): { readonly pairs: Pairs; readonly rest: string } | undefined => {
  const end = findEndParen(data, open, close)
  if (end < 0) return undefined
  const pairs: [string, string][] = []
  let delimiter = comma
  let inside = data.slice(1, end)
  if (inside.startsWith('^^')) {
    delimiter = inside.charAt(2)
    inside = inside.slice(3)
  }
  for (const each of separate(inside, delimiter, 1024)) {
    const [name, value] = separate(each, '=', 2)
    if (name !== undefined && value !== undefined) pairs.push([name, value])
  }
  return { pairs, rest: data.slice(end + 1) }
}
