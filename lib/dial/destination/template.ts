import { ArgumentError } from '../../errors.ts'

/** What is known of one call: a record of a file, or what a function made up. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>

/** A text with places for fields: `{user}@{host}`. */
export interface Template {
  /** The fields that it needs. */
  readonly needs: readonly string[]
  /** Throws ArgumentError (BAD_ARGUMENT) where one is missing. */
  fill(fields: Fields): string
}

const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g

const missing = (what: string, text: string, name: string, fields: Fields): ArgumentError => {
  const names = Object.keys(fields)
  const has = names.length === 0 ? 'there are no fields' : `there are ${names.join(', ')}`
  return new ArgumentError(`${what} "${text}" needs the field "${name}", which this call has not got; ${has}`)
}

const empty = (what: string, text: string, name: string): ArgumentError =>
  new ArgumentError(
    `${what} "${text}" needs the field "${name}", which is empty in this call; it was not dialled`,
  )

/**
 * Takes a template apart; `{{` and `}}` stand for braces. `what` names it in errors; `mayBeEmpty`: whether a field may be (default: yes). Throws ArgumentError (BAD_ARGUMENT)
 * for braces that do not go together.
 */
export const parseTemplate = (
  what: string,
  text: string,
  { mayBeEmpty = true }: { readonly mayBeEmpty?: boolean } = {},
): Template => {
  const needs: string[] = []
  for (const [part, name] of text.matchAll(PART)) {
    if (part === '{{' || part === '}}') continue
    if (name === undefined || name.trim() === '')
      throw new ArgumentError(
        `expected ${what} with fields as {name}, and other braces doubled ({{ and }}), got "${text}"`,
      )
    needs.push(name)
  }
  const fill = (fields: Fields): string =>
    text.replace(PART, (part, name: string | undefined) => {
      if (name === undefined) return part.slice(0, 1)
      const value = fields[name]
      if (value === undefined) throw missing(what, text, name, fields)
      const filled = String(value)
      if (!mayBeEmpty && filled.trim() === '') throw empty(what, text, name)
      return filled
    })
  // What has no braces at all stays as it is, at no cost.
  return { needs, fill: /[{}]/.test(text) ? fill : () => text }
}
