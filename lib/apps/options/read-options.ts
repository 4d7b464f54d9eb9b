import { inspect } from 'node:util'
import { ArgumentError } from '../../errors.ts'
import type { OptionSpec, OptionTable } from './option.ts'

/** The spec of an option that was named. Throws ArgumentError (BAD_ARGUMENT) for one that the app has not. */
export const requireOption = <O>(app: string, table: OptionTable<O>, name: string): OptionSpec<unknown> => {
  const spec = Object.hasOwn(table, name) ? (table[name as keyof O] as OptionSpec<unknown>) : undefined
  if (spec) return spec
  const names = Object.keys(table)
  throw new ArgumentError(
    `${app} has no option "${name}"; ${names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`}`,
  )
}

/**
 * An app's options with their defaults. Throws ArgumentError (BAD_ARGUMENT) for options that it has not, and for values
 * that make no sense.
 */
export const readOptions = <O extends object>(
  app: string,
  table: OptionTable<O>,
  options: O,
): { readonly [K in keyof O]-?: Required<O>[K] } => {
  for (const [name, value] of Object.entries(options)) {
    const { isValid, expected } = requireOption(app, table, name)
    if (value !== undefined && !isValid(value))
      throw new ArgumentError(`expected ${name} of ${app} to be ${expected}, got ${inspect(value)}`)
  }
  const resolved = (Object.entries(table) as [keyof O, OptionSpec<unknown>][]).map(([name, spec]) => [
    name,
    options[name] ?? spec.default,
  ])
  return Object.fromEntries(resolved) as { readonly [K in keyof O]-?: Required<O>[K] }
}
