import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BuiltInApp } from '../apps/registry.ts'
import { AppLoadError, ArgumentError, messageOf } from '../errors.ts'
import type { ClientApp } from '../service/client.ts'
import { filesOf, forgetOnFailure } from './module-files.ts'
import { parseAppSource, readOptions, type AppOptions } from './app-source.ts'

/** An app that was named on the command line. `create` is an AppSource: it makes one for each node, or returns the same. */
export interface NamedApp {
  readonly name: string
  /** The files that it was loaded from, those that it imports included; installed packages are left out. */
  readonly files: readonly string[]
  /** Throws AppLoadError (APP_LOAD). */
  create(): ClientApp
}

const list = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '))

/** What a file's app imports as `switchix` is the switchix that runs it: one copy of everything. */
const ownModules = async (): Promise<Record<string, unknown>> => ({
  switchix: await import('../index.ts'),
  'switchix/apps': await import('../apps/index.ts'),
  'switchix/testing': await import('../testing/index.ts'),
})

/** The exports of a module: TypeScript or JavaScript, of either module system, of the user's own or installed. */
const importModule = async (
  module: string,
  isFile: boolean,
  cwd: string,
): Promise<Record<string, unknown>> => {
  const path = isFile ? resolve(cwd, module) : module
  if (isFile && !existsSync(path)) throw new ArgumentError(`there is no file ${module} (looked for ${path})`)
  const { createJiti } = await import('jiti')
  const jiti = createJiti(join(cwd, 'app.ts'), {
    virtualModules: await ownModules(),
    fsCache: false,
  })
  try {
    const exports: Record<string, unknown> = await forgetOnFailure(() => jiti.import(path))
    // A CommonJS module's exports are not all found by their names.
    const whole = exports['default']
    return typeof whole === 'object' ? { ...whole, ...exports } : exports
  } catch (error) {
    // Node adds the files that it was required from.
    const [what = ''] = messageOf(error).split('\nRequire stack:')
    throw new ArgumentError(`cannot load ${module}: ${what}`, error)
  }
}

const isAppLike = (value: unknown): boolean =>
  typeof value === 'function' || (typeof value === 'object' && value !== null && 'name' in value)

/** The export that is meant: by its name, else the default one, else the only one that can be an app. */
const choose = (
  module: string,
  exports: Record<string, unknown>,
  name: string | undefined,
): [string, unknown] => {
  const names = Object.keys(exports).filter((each) => isAppLike(exports[each]))
  if (name !== undefined) {
    if (!(name in exports))
      throw new ArgumentError(`${module} has no export "${name}"; it has ${list(names)}`)
    return [name, exports[name]]
  }
  if (isAppLike(exports['default'])) return ['default', exports['default']]
  const [only] = names
  if (only === undefined || names.length > 1)
    throw new ArgumentError(
      `${module} has no default export; say which app is meant, ${module}:name; it has ${list(names)}`,
    )
  return [only, exports[only]]
}

const kindOf = (value: unknown): string =>
  value instanceof Promise
    ? 'a promise'
    : value === null
      ? 'null'
      : Array.isArray(value)
        ? 'an array'
        : typeof value

const requireObject = (name: string, app: unknown): ClientApp => {
  if (typeof app !== 'object' || app === null || app instanceof Promise || Array.isArray(app))
    throw new AppLoadError(
      name,
      `expected an app, a plain object with a name and functions, got ${kindOf(app)}`,
    )
  return app as ClientApp
}

/** A function is called with the options, once for each node; an app is taken as it is. */
const fromExport = (
  name: string,
  value: unknown,
  options: AppOptions | undefined,
  files: readonly string[],
): NamedApp => {
  if (typeof value !== 'function') {
    const app = requireObject(name, value)
    if (options)
      throw new ArgumentError(`${name} is an app, not a function that makes one: it takes no options`)
    return { name, files, create: () => app }
  }
  const make = value as (options?: AppOptions) => unknown
  const call = (): unknown => {
    try {
      return options ? make(options) : make()
    } catch (error) {
      throw new AppLoadError(name, `the function that makes it failed: ${messageOf(error)}`, error)
    }
  }
  return { name, files, create: () => requireObject(name, call()) }
}

const fromRegistry = (
  name: string,
  optionText: string | undefined,
  apps: readonly BuiltInApp[],
): NamedApp => {
  const app = apps.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (!app)
    throw new ArgumentError(
      `there is no app "${name}"; there are ${list(apps.map((each) => each.name))}; one of your own is ./file.ts:name`,
    )
  const parse = (text: string): AppOptions => (text.startsWith('{') ? readOptions(text) : app.parse(text))
  // The same for every node: its counts are those of all.
  const made = app.create(optionText === undefined ? undefined : parse(optionText))
  return { name: app.name, files: [], create: () => made }
}

export interface LoadSourceOptions {
  /** Where paths and packages are looked for from. */
  readonly cwd?: string
}

/**
 * The app that `text` names: a built-in one (`Proxier`), an export of a file (`./dialplan.ts:welcome`, TypeScript or
 * JavaScript; without a name the default export, or the only one) or of a package (`pkg:name`), each with options
 * (`Bert/timeout=5s,twoSided=true`, or `/{…}` as JSON). Rejects with ArgumentError (BAD_ARGUMENT) for what there is
 * not, and for a file that cannot be loaded. Paths and packages are looked for from `cwd` on.
 */
export const loadAppSource = async (
  text: string,
  { cwd = process.cwd() }: LoadSourceOptions = {},
): Promise<NamedApp> => {
  const source = parseAppSource(text)
  if (source.kind === 'built-in') {
    const { BUILT_IN_APPS } = await import('../apps/registry.ts')
    return fromRegistry(source.name, source.optionText, BUILT_IN_APPS)
  }
  const { module, isFile, exportName, options } = source
  const exports = await importModule(module, isFile, cwd)
  const [name, value] = choose(module, exports, exportName)
  if (!isAppLike(value))
    throw new ArgumentError(
      `expected ${module}:${name} to be an app or a function that makes one, got ${kindOf(value)}`,
    )
  return fromExport(`${module}:${name}`, value, options, isFile ? filesOf(resolve(cwd, module)) : [])
}
