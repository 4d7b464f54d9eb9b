import { ArgumentError } from '../../errors.ts'
import type { OptionSpec, OptionTable } from './option.ts'
import { requireOption } from './read-options.ts'

/** A comma parts options only where an option's name follows: texts may have commas of their own. */
const split = (text: string, flags: readonly string[]): string[] =>
  text.split(new RegExp(`,(?=[A-Za-z]\\w*=${flags.map((name) => `|${name}(?:,|$)`).join('')})`))

/** `timeoutMs=5000` is `timeout=5000ms`. */
const inMs = <O>(table: OptionTable<O>, name: string): string | undefined => {
  const [, base = ''] = /^(\w+)Ms$/.exec(name) ?? []
  const spec = (table as Readonly<Record<string, OptionSpec<unknown>>>)[base]
  return Object.hasOwn(table, base) && spec?.type === 'duration' ? base : undefined
}

const parseOne = <O>(app: string, table: OptionTable<O>, item: string): [name: string, value: unknown] => {
  const at = item.indexOf('=')
  const written = at < 0 ? item : item.slice(0, at)
  const base = inMs(table, written)
  const name = base ?? written
  const { type, read, expected, isValid } = requireOption(app, table, name)
  if (!read) throw new ArgumentError(`${name} of ${app} is a ${type}, which only a program can give`)
  if (at < 0 && type !== 'boolean')
    throw new ArgumentError(`expected ${name}=<${type}> for ${app}, got "${item}"`)
  const text = at < 0 ? 'true' : item.slice(at + 1)
  const value = read(base === undefined ? text : `${text}ms`)
  if (value === undefined || !isValid(value))
    throw new ArgumentError(`expected ${written} of ${app} to be ${expected}, got "${text}"`)
  return [name, value]
}

/**
 * Reads options as a command line has them: `name=value,name=value`; a duration with its unit (`timeout=5s`) or in
 * milliseconds (`timeoutMs=5000`); a boolean by its name alone (`twoSided`). Throws ArgumentError (BAD_ARGUMENT).
 */
export const parseOptions = <O>(
  app: string,
  table: OptionTable<O>,
  text: string,
): Readonly<Record<string, unknown>> => {
  if (text === '') return {}
  const flags = Object.entries<OptionSpec<unknown>>(
    table as Readonly<Record<string, OptionSpec<unknown>>>,
  ).flatMap(([name, { type }]) => (type === 'boolean' ? [name] : []))
  const parsed = split(text, flags).map((item) => parseOne(app, table, item))
  const names = parsed.map(([name]) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new ArgumentError(`${app} was given ${twice} twice: ${text}`)
  return Object.fromEntries(parsed)
}
