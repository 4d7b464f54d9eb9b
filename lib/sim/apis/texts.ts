import { createHash } from 'node:crypto'
import { asSent, decode, encode } from '../events/encode.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

/** Api commands that make one text of another (`src/mod/applications/mod_commands/mod_commands.c`). */
export type TextApi = (sw: Switch, arg: string) => string

/** Prints its argument. */
export const echo: TextApi = (_, arg) => arg

export const md5: TextApi = (_, arg) => createHash('md5').update(arg).digest('hex')

/** As header values are encoded: what looks encoded already stays as it is (`switch_url_encode`). */
export const urlEncode: TextApi = (_, arg) => asSent(encode(arg))

export const urlDecode: TextApi = (_, arg) => decode(arg)

// ASCII only: `tolower` and `toupper` work byte by byte in the C locale.
export const toLower: TextApi = (_, arg) => arg.replace(/[A-Z]+/g, (text) => text.toLowerCase())
export const toUpper: TextApi = (_, arg) => arg.replace(/[a-z]+/g, (text) => text.toUpperCase())

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  ' ': '\\s',
  $: '\\$',
}

/** `escape`: blanks and `$` get a backslash (`switch_escape_string`). */
export const escapeText: TextApi = (_, arg) => arg.replace(/[\n\r\t $]/g, (char) => ESCAPES[char] ?? char)

export const quoteShellArg: TextApi = (_, arg) => (arg === '' ? '' : `'${arg.replaceAll("'", "'\\''")}'`)

export const sqlEscape: TextApi = (_, arg) => (arg === '' ? '-USAGE: <string>\n' : arg.replaceAll("'", "''"))

/** `coalesce [^^<delimiter>]<a>,<b>,...`: the first that is not empty. */
export const coalesce: TextApi = (_, arg) => {
  if (arg === '') return '-USAGE: [^^<delim>]<value1>,<value2>,...\n'
  return separate(arg, ',', 256).find((one) => one !== '') ?? ''
}

/** `m:<delimiter>` in front makes `|`, `~` or `/` the delimiter. */
const pieces = (arg: string, limit: number): string[] => {
  const [, delimiter = '|'] = /^m:([|~/])/.exec(arg) ?? []
  return separate(arg.startsWith(`m:${delimiter}`) ? arg.slice(3) : arg, delimiter, limit)
}

/** `replace <text>|<what>|<by>`. */
export const replaceText: TextApi = (_, arg) => {
  const [text = '', what = '', by] = pieces(arg, 3)
  return by === undefined ? '-ERR' : what === '' ? text : text.replaceAll(what, by)
}

/** A pattern `/.../i` carries its own flags; one that cannot be read matches nothing (`switch_regex_perform`). */
const match = (text: string, pattern: string): RegExpExecArray | null => {
  const [, source = pattern, flags = ''] = /^\/([^]*)\/([imsx]*)$/.exec(pattern) ?? []
  try {
    return new RegExp(source, flags.replace('x', '')).exec(text)
  } catch {
    return null
  }
}

/** `regex <text>|<pattern>[|<substitute>[|n|b]]`: `%1` in the substitute is the first group. */
export const regex: TextApi = (_, arg) => {
  const [text = '', pattern, substitute, flags = ''] = pieces(arg, 4)
  if (pattern === undefined) return '-ERR'
  const found = match(text, pattern)
  if (substitute === undefined) return String(found !== null)
  if (found) return substitute.replace(/[%$](\d)/g, (_all, group: string) => found[Number(group)] ?? '')
  return flags.includes('n') ? '' : flags.includes('b') ? 'false' : text
}
