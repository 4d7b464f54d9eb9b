import { ArgumentError } from '../errors.ts'
import { duration } from './values.ts'

/** Where an app comes from, taken apart as it was typed. */
export type AppSourceText =
  /** Its options as text: each built-in app reads its own. */
  | { readonly kind: 'built-in'; readonly name: string; readonly optionText: string | undefined }
  | {
      readonly kind: 'module'
      /** A path, or the name of a package. */
      readonly module: string
      readonly isFile: boolean
      /** Undefined: the default export, or the only one. */
      readonly exportName: string | undefined
      readonly options: AppOptions | undefined
    }

/** What the function that makes the app is called with. */
export type AppOptions = Readonly<Record<string, unknown>>

/** `dialplan.ts`, `./dialplan.ts:welcome`: a path up to an extension of JavaScript's, then perhaps an export. */
const FILE = /^(.+\.[cm]?[jt]sx?)(?::([\p{ID_Start}$_][\p{ID_Continue}$]*))?$/u

/** `name:export`, `@scope/name/path:export`. */
const PACKAGE = /^((?:@[\w.-]+\/)?[\w.-]+(?:\/[\w./-]+)?):([\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u

/** A number, true or false, a duration with its unit (as milliseconds); anything else is text. */
const optionValue = (text: string): unknown => {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text)
  return /^\d+(?:\.\d+)?(?:ms|s|m|h)$/.test(text) ? duration(text) : text
}

const jsonOptions = (text: string): AppOptions => {
  try {
    return JSON.parse(text) as AppOptions
  } catch (error) {
    throw new ArgumentError(`expected the options of an app as JSON, got ${text}`, error)
  }
}

/** `name=value,name=value`, where a name alone is true, or JSON. Throws ArgumentError (BAD_ARGUMENT). */
export const readOptions = (text: string): AppOptions =>
  text.startsWith('{')
    ? jsonOptions(text)
    : Object.fromEntries(
        text.split(',').map((pair) => {
          const [, name = '', value = 'true'] =
            /^([\p{ID_Start}$_][\p{ID_Continue}$]*)(?:=(.*))?$/su.exec(pair) ?? []
          if (name === '')
            throw new ArgumentError(
              `expected the options of an app as name=value,name=value or as JSON, got "${pair}" in "${text}"`,
            )
          return [name, optionValue(value)]
        }),
      )

/**
 * Takes apart `Proxier`, `PlayRec/verdict`, `Bert/timeout=5s,twoSided=true`, `./dialplan.ts:welcome`, `pkg:name/{"prompt":"a.wav"}`. Throws
 * ArgumentError (BAD_ARGUMENT).
 */
export const parseAppSource = (text: string): AppSourceText => {
  const [, source = '', optionText] =
    /^(.*?)(?:\/((?:[\p{ID_Start}$_][\p{ID_Continue}$]*(?:[=,]|$)|\{).*))?$/su.exec(text) ?? []
  const [isFile, match] = [FILE.test(source), FILE.exec(source) ?? PACKAGE.exec(source)]
  if (match) {
    const options = optionText === undefined ? undefined : readOptions(optionText)
    return { kind: 'module', module: match[1] ?? '', isFile, exportName: match[2], options }
  }
  if (/^\w+$/.test(source)) return { kind: 'built-in', name: source, optionText }
  throw new ArgumentError(
    `expected an app as the name of a built-in one, ./file.ts:name or package:name, got "${text}"`,
  )
}
