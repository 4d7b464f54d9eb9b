/** Where the heads of a file of rows are: one where it begins, and more where several files were put together (`cat a.csv b.csv`). */
export interface Heads {
  /** Returns what a line is: a row, a head of its own, or the rest of a row that was never finished, with a head behind it. */
  kindOf(line: string): 'row' | 'head' | 'torn'
}

const strip = (line: string): string => line.replace(/^\uFEFF/, '').replace(/\r$/, '')

/** Names of columns, as stores have them. */
const NAMES = /^[A-Za-z_]\w*(,[A-Za-z_]\w*)+$/

/** What every head of a file begins with: its first column. */
export const beginOf = (head: string): string => {
  const line = strip(head)
  return line.slice(0, line.indexOf(',') + 1)
}

/** `first`: the first line. A head is known by its first column, whatever columns are behind it. */
export const headsLike = (first: string): Heads => {
  const head = strip(first)
  const begin = beginOf(first)
  if (begin === '') return { kindOf: (line) => (line === first ? 'head' : 'row') }
  const marked = `\uFEFF${begin}`
  return {
    kindOf(line) {
      if ((line.startsWith(begin) || line.startsWith(marked)) && (line === first || NAMES.test(strip(line))))
        return 'head'
      return line.length > head.length && strip(line).endsWith(head) ? 'torn' : 'row'
    },
  }
}
