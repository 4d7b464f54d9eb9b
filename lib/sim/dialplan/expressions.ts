import { ArgumentError } from '../../errors.ts'

const cache = new Map<string, RegExp>()

/**
 * A regular expression as FreeSWITCH has them: PCRE, `/.../i` with flags, or what stands between the slashes alone
 * (`switch_regex_perform` in `src/switch_regex.c`). Throws ArgumentError for one that JavaScript cannot read.
 */
export const expressionOf = (text: string): RegExp => {
  const known = cache.get(text)
  if (known) return known
  const [, slashed, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? []
  const [, inline = '', rest] = /^\(\?([imsx]+)\)(.*)$/s.exec(slashed ?? text) ?? []
  const source = rest ?? slashed ?? text
  const own = new Set(`${flags}${inline}`)
  try {
    const made = new RegExp(source, ['i', 'm', 's'].filter((flag) => own.has(flag)).join(''))
    cache.set(text, made)
    return made
  } catch (error) {
    throw new ArgumentError(
      `the expression ${text} cannot be read here, where expressions are JavaScript's`,
      error,
    )
  }
}

/** `$1`, `%1` in an action stand for what the expression has matched (`switch_perform_substitution`). */
export const substitute = (text: string, match: readonly (string | undefined)[]): string =>
  text.replace(/(?<!\\)[$%](\d{1,2})/g, (all, digits: string) => match[Number(digits)] ?? '')
