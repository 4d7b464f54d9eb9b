/**
 * How FreeSWITCH 1.10.12 takes an `originate` command apart, retold: `originate_function` (mod_commands.c), which cuts
 * at blanks; `switch_event_create_brackets` (switch_event.c), which cuts the braces at commas and the pairs at `=`; all
 * by way of `switch_separate_string` (switch_utils.c). Tried against a real switch with 800 random commands
 * of six variables each, encoded and not: no value differed.
 */

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', s: ' ' }

/** `cleanup_separated_string`: one layer of backslashes and quotes goes, and the blanks at the ends outside of them. */
const cleanUp = (piece: string, delimiter: string): string => {
  const text = piece.replace(/^ +/, '')
  let out = ''
  let kept = 0 // up to here, a blank at the end is meant
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    const next = text.charAt(at + 1)
    const same = next !== '' && `'"\\${delimiter}`.includes(next)
    if (char === '\\' && (same || next in ESCAPES)) {
      out += same ? next : (ESCAPES[next] ?? '')
      kept = out.length
      at++
    } else if (char === "'" && (quoted || text.includes("'", at + 1))) {
      quoted = !quoted
      if (quoted) kept = out.length
    } else {
      out += char
      if (char !== ' ' || quoted) kept = out.length
    }
  }
  // Where nothing was kept, nothing is cut off either.
  return kept > 0 || out === '' ? out.slice(0, kept) : out
}

/** `switch_separate_string`: at most `most` pieces; the last is read no further than its beginning. */
export const separate = (text: string, delimiter: string, most: number): string[] => {
  if (text.startsWith('^^') && text.length > 3) return separate(text.slice(3), text.charAt(2), most)
  const pieces: string[] = []
  const blanks = delimiter === ' '
  let from = 0
  while (from < text.length && pieces.length < most) {
    let at = from
    if (blanks) while (text[at] === ' ') at++
    if (pieces.length + 1 === most) at = text.length
    for (let quoted = false; at < text.length && (quoted || text[at] !== delimiter); at++) {
      if (text[at] === '\\') at++
      else if (text[at] === "'" && (blanks || quoted || text.includes("'", at + 1))) quoted = !quoted
    }
    pieces.push(text.slice(from, at))
    from = at + 1
    if (blanks) while (text[from] === ' ') from++
  }
  return pieces.map((piece) => cleanUp(piece, blanks ? '' : delimiter))
}

/** `switch_find_end_paren`: braces are counted, whatever stands around them. */
const endOfBraces = (text: string): number => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  return -1
}

export interface Originated {
  readonly vars: Record<string, string>
  readonly dial: string
  readonly app: string
  readonly arg: string
}

/** What becomes of `originate …`; a text where the switch refuses it. */
export const originated = (command: string): Originated | string => {
  const [leg = '', extension = '', ...more] = separate(command.replace(/^originate /, '').trim(), ' ', 10)
  if (extension === '' || more.length > 5) return '-USAGE'
  if (leg.includes(':_:')) return 'an enterprise originate'
  const isNested = /origination_nested_vars=true/i.test(leg)
  const vars: Record<string, string> = {}
  let dial = leg
  while (dial.startsWith('{')) {
    const end = endOfBraces(dial)
    if (end < 0) return '-ERR Parse Error!'
    for (const pair of separate(dial.slice(1, end), ',', 1024)) {
      const [name = '', value = ''] = separate(pair, '=', 2)
      if (value !== '' && (isNested || !/\$\\*\{/.test(value))) vars[name] = value
    }
    dial = dial.slice(end + 1)
  }
  const [, app = '', arg = ''] = /^&([^()]*)(?:\(([^)]*))?/.exec(extension) ?? []
  return { vars, dial, app, arg }
}
