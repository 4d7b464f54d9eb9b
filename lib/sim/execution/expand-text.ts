/** Where the names in a text get their values from. */
export interface Scope {
  variable(name: string): string | undefined
  /** Carries out an api command; what it prints stands for the call. */
  api(name: string, arg: string): string
}

/** A piece of text, or what stands in `${…}`: a variable's name, or a command with its argument. */
type Piece =
  { readonly text: string } | { readonly variable: string } | { readonly api: string; readonly arg: string }

const readReference = (inside: string): Piece => {
  const at = inside.search(/[ (]/)
  if (at < 0) return { variable: inside }
  const rest = inside.slice(at + 1)
  if (inside.charAt(at) === ' ') return { api: inside.slice(0, at), arg: rest }
  let depth = 1
  let end = 0
  for (; end < rest.length; end++) {
    const char = rest.charAt(end)
    if (char === '(') depth++
    else if (char === ')' && --depth === 0) break
  }
  return { api: inside.slice(0, at).trimEnd(), arg: rest.slice(0, end) }
}

/** Where the brace that was opened before `from` is closed; the end where it is not. */
const closing = (text: string, from: number): number => {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    const char = text.charAt(i)
    // A brace right behind the first one is not counted.
    if (char === '{' && i > from) depth++
    else if (char === '}' && --depth === 0) return i
  }
  return text.length
}

/** Whether FreeSWITCH reads a text at all (`switch_string_var_check_const`, `switch_string_has_escaped_data`). */
const isRead = (text: string): boolean =>
  (text.includes('\\') && /\\[\\'nst]/.test(text)) || (text.includes('{') && /\$\\*\{/.test(text))

/**
 * Cuts a text into what is copied and what is put in (`switch_channel_expand_variables_check` in `src/switch_channel.c`): `\\` is
 * a backslash, `\$` and `$$` a dollar, `\'` nothing, `$${name}` counts as `${name}`; the character behind a reference is copied
 * as it is. A text with none of `${`, `\\`, `\'`, `\n`, `\s` and `\t` is not read, but copied.
 */
export const readPieces = (text: string): Piece[] => {
  if (!isRead(text)) return [{ text }]
  const pieces: Piece[] = []
  let plain = ''
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    const next = text.charAt(i + 1)
    if (char === '\\' && (next === '\\' || next === "'" || next === '$')) {
      plain += next === "'" ? '' : next
      i += next === '$' && text.charAt(i + 2) === '$' ? 2 : 1
    } else if (char !== '$') plain += char
    else {
      if (next === '$') i++
      if (text.charAt(i + 1) !== '{') {
        plain += '$'
        continue
      }
      const from = i + 2
      i = closing(text, from)
      pieces.push({ text: plain }, readReference(text.slice(from, i)))
      plain = ''
      const behind = text.charAt(i + 1)
      if (behind === '$') continue
      plain = behind
      i++
    }
  }
  return [...pieces, { text: plain }]
}

const ARRAY = 'ARRAY::'

/** `name`, `name[index]` of an array, `name:offset[:length]`. */
const valueOf = (scope: Scope, text: string): string => {
  const [reference = '', offset, length] = text.split(':')
  const [, name = reference, index] = /^([^[]*)\[(-?\d+)\]/.exec(reference) ?? []
  const value = scope.variable(name)
  if (value === undefined) return ''
  const array = value.startsWith(ARRAY) ? value.slice(ARRAY.length).split('|:') : undefined
  const chosen = index === undefined ? value : ((array ?? [value])[Number(index)] ?? '')
  const cut = chosen.slice(Number.parseInt(offset ?? '0', 10) || 0)
  const most = Number.parseInt(length ?? '0', 10) || 0
  return most > 0 ? cut.slice(0, most) : cut
}

const DEEPEST = 100

/** Puts the values in the place of `${…}`, and again in what they are, as FreeSWITCH does. */
export const expandText = (text: string, scope: Scope, depth = 0): string => {
  if (depth > DEEPEST || !isRead(text)) return text
  const again = (inner: string): string => expandText(inner, scope, depth + 1)
  return readPieces(text)
    .map((piece) => {
      if ('text' in piece) return piece.text
      return 'variable' in piece
        ? again(valueOf(scope, again(piece.variable)))
        : scope.api(again(piece.api), again(piece.arg))
    })
    .join('')
}

/** The api commands that a text calls by `${name(…)}`. */
export const apisCalled = (text: string): string[] =>
  text.includes('${')
    ? readPieces(text).flatMap((piece): string[] => {
        if ('text' in piece) return []
        return 'variable' in piece ? apisCalled(piece.variable) : [piece.api, ...apisCalled(piece.arg)]
      })
    : []
