import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { InvalidArgumentError, type Command, type Option } from 'commander'
import { ArgumentError, messageOf } from '../errors.ts'

/** The names that a config file is looked for by, in the working directory. */
const NAMES = ['ts', 'mts', 'js', 'mjs', 'cjs', 'yaml', 'yml', 'json'].map((ext) => `switchix.config.${ext}`)

type Config = Readonly<Record<string, unknown>>

/** The sections that a config file can have. */
const SECTIONS = ['dial']

const readConfig = async (path: string): Promise<unknown> => {
  if (/^\.(ya?ml|json)$/.test(extname(path))) {
    const { parse } = await import('yaml')
    return parse(await readFile(path, 'utf8'))
  }
  const { createJiti } = await import('jiti')
  return createJiti(resolve('config.ts'), { fsCache: false }).import(resolve(path), { default: true })
}

/** The `dial` section of a config file; without a path, of the one in the working directory, if there is one. */
export const loadConfig = async (path: string | undefined): Promise<[path: string, config: Config]> => {
  const found = path ?? NAMES.find((name) => existsSync(name))
  if (found === undefined) return ['', {}]
  const content = await readConfig(found).catch((error: unknown) => {
    throw new ArgumentError(`cannot read the config file ${found}: ${messageOf(error)}`, error)
  })
  const section = (content as Config | null | undefined)?.['dial'] ?? {}
  if (
    typeof content !== 'object' ||
    Array.isArray(content) ||
    typeof section !== 'object' ||
    Array.isArray(section)
  )
    throw new ArgumentError(`expected ${found} to hold options under "dial", such as dial: { rate: 50 }`)
  // Nothing may run with the defaults where a section's name was mistyped.
  const unknown = Object.keys(content ?? {}).find((name) => !SECTIONS.includes(name))
  if (unknown !== undefined)
    throw new ArgumentError(
      `${found}: expected the section "dial", got "${unknown}"; write dial: { rate: 50 }, or remove "${unknown}"`,
    )
  return [found, section as Config]
}

/** `--max-offered` is `maxOffered`, and so `max-offered` may be said as well. */
const keyOf = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

/** One value of an option, as if it had been typed. */
const parseOne = (option: Option, value: unknown, before: unknown): unknown => {
  if (!isScalar(value))
    throw new InvalidArgumentError(`Expected text, a number or yes or no, got ${typeof value}.`)
  if (option.isBoolean()) return value === true || value === 'true'
  const typed = String(value)
  if (option.argChoices && !option.argChoices.includes(typed))
    throw new InvalidArgumentError(`Allowed choices are ${option.argChoices.join(', ')}.`)
  return option.parseArg ? option.parseArg(typed, before) : typed
}

/** A list is an option given again and again; a table is name=value again and again. */
const valuesOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value as readonly unknown[]
  if (typeof value !== 'object' || value === null) return [value]
  return Object.entries(value).map(([name, each]) => `${name}=${String(each)}`)
}

/** Sets the options that neither the command line nor the environment has, as the config file says. */
export const applyConfig = (command: Command, path: string, config: Config): void => {
  const known = new Map(command.options.map((option) => [option.attributeName(), option]))
  for (const [name, value] of Object.entries(config)) {
    const key = keyOf(name)
    if (key === 'hosts') continue
    const option = known.get(key)
    if (!option)
      throw new ArgumentError(
        `${path}: there is no option "${name}"; there are ${[...known.keys(), 'hosts'].join(', ')}`,
      )
    const source = command.getOptionValueSource(key)
    if (source === 'cli' || source === 'env') continue
    try {
      let parsed: unknown
      for (const each of valuesOf(value)) parsed = parseOne(option, each, parsed)
      command.setOptionValueWithSource(key, parsed, 'config')
    } catch (error) {
      throw new ArgumentError(`${path}: ${name}: ${messageOf(error)}`, error)
    }
  }
}

/** The hosts that a config file names. */
export const hostsOf = (path: string, { hosts = [] }: Config): string[] => {
  const list: unknown[] = [hosts].flat()
  const strings = list.filter((host) => typeof host === 'string')
  if (strings.length === list.length) return strings
  throw new ArgumentError(`${path}: expected hosts as a list of host or host:port`)
}
