import type { TextApi } from './texts.ts'

/** What stands in an expression: numbers, operators, parentheses. */
const TOKEN = /\s*(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+|[-+*/^()])\s*/y

const tokens = (text: string): string[] | undefined => {
  const found: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1]
    if (token === undefined) return undefined
    found.push(token)
  }
  return found
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
}

const LEVELS: readonly string[] = ['+-', '*/', '^']

/** Works an expression out; NaN when it is none. Operators of one level go from left to right. */
const evaluate = (list: string[], level = 0): number => {
  const signs = LEVELS[level]
  if (signs === undefined) return atom(list)
  let value = evaluate(list, level + 1)
  for (let next = list[0]; next !== undefined && signs.includes(next); next = list[0]) {
    list.shift()
    value = OPERATORS[next]?.(value, evaluate(list, level + 1)) ?? NaN
  }
  return value
}

const atom = (list: string[]): number => {
  const token = list.shift()
  if (token === '-') return -atom(list)
  if (token !== '(') return Number(token ?? NaN)
  const value = evaluate(list)
  return list.shift() === ')' ? value : NaN
}

/**
 * `expr <expression>`: `+ - * / ^` and parentheses, to ten places (`expr_function` in `mod_expr.c`). Its functions,
 * variables and lists are not modelled.
 */
export const expr: TextApi = (_, arg) => {
  const list = tokens(arg)
  if (!list || list.length === 0)
    return arg === '' ? '!err!' : `-ERR expr ${arg} is not modelled by the embedded switch\n`
  const value = evaluate(list)
  if (list.length > 0 || !Number.isFinite(value)) return '!err!'
  const text = value.toFixed(10).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}
