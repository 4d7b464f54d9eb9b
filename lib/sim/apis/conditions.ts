import type { TextApi } from './texts.ts'

/** A side of a comparison: a number counts as one unless it is quoted; a text counts by its length. */
interface Side {
  readonly text: string
  readonly isNumber: boolean
  readonly value: number
}

const side = (quoted: string | undefined, plain: string | undefined): Side => {
  const text = quoted?.replace(/\\(['\\])/g, '\\$1') ?? plain ?? ''
  const isNumber = quoted === undefined && /^-?[\d.]+$/.test(text)
  return { text, isNumber, value: isNumber ? Number.parseFloat(text) : text.length }
}

const isEqual = (a: Side, b: Side): boolean =>
  a.isNumber || b.isNumber ? a.value === b.value : a.text === b.text

const holds = (a: Side, operator: string, b: Side): boolean => {
  switch (operator) {
    case '==':
      return isEqual(a, b)
    case '!=':
      return !isEqual(a, b)
    case '>':
      return a.value > b.value
    case '>=':
      return a.value >= b.value
    case '<':
      return a.value < b.value
    default:
      return a.value <= b.value
  }
}

const QUOTED = String.raw`'((?:\\['\\]|[^'])*)'(?=\s)`
const PLAIN = String.raw`([^\s']\S*)`
const COMPARISON = new RegExp(
  String.raw`^(?:${QUOTED}|${PLAIN})\s+(==|!=|>=|<=|>|<)\s*(?:${QUOTED}|${PLAIN})\s+\?([^]*)$`,
)

/** `cond <a> <operator> <b> ? <yes> : <no>` (`cond_function` in `mod_commands.c`). */
export const cond: TextApi = (_, arg) => {
  const [, quotedA, a, operator = '', quotedB, b, answers] = COMPARISON.exec(arg) ?? []
  if (answers === undefined) return '-ERR'
  const [yes = '', no = ''] = answers.split(':').map((text) => text.trim())
  return holds(side(quotedA, a), operator, side(quotedB, b)) ? yes : no
}
