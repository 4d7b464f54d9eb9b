/** `switch_string_var_check_const` (switch_utils.h:784). */
export const holdsVariable = (text: string): boolean => {
  let dollar = false
  for (const char of text) {
    if (char === '$') dollar = true
    else if (dollar) {
      if (char === '{') return true
      if (char !== '\\') dollar = false
    }
  }
  return false
}

/** `switch_string_has_escaped_data` (switch_utils.h:383). */
export const hasEscapedData = (text: string): boolean => {
  let at = text.indexOf('\\')
  while (at >= 0) {
    at++
    const char = text.charAt(at)
    if (char !== '' && "\\nst'".includes(char)) return true
    at = text.indexOf('\\', at)
  }
  return false
}

/** What was put in the place of `${…}`, and the text around it. */
export interface Expanded {
  readonly text: string
  /** What stood between the braces of each `${…}`. */
  readonly expansions: readonly string[]
}

/**
 * `switch_channel_expand_variables_check` (switch_channel.c:3986), but that `valueOf` says what an expansion becomes: names
 * and APIs are not looked at.
 */
export const expandVariables = (input: string, valueOf: (inner: string) => string = () => ''): Expanded => {
  if (input === '' || !(holdsVariable(input) || hasEscapedData(input))) return { text: input, expansions: [] }
  const expansions: string[] = []
  let out = ''
  let literal = false // `nv`
  for (let p = 0; p < input.length; p++) {
    let variable = false // `vtype`
    if (input[p] === '\\') {
      const next = input.charAt(p + 1)
      if (next === '$') {
        literal = true
        p++
        if (input[p + 1] === '$') p++
      } else if (next === "'") {
        p++
        continue
      } else if (next === '\\') {
        out += '\\'
        p++
        continue
      }
    }
    if (input[p] === '$' && !literal) {
      if (input[p + 1] === '$') p++
      if (input[p + 1] === '{') variable = true
      else literal = true
    }
    if (literal) {
      out += input.charAt(p)
      literal = false
      continue
    }
    if (variable) {
      const start = p + 2
      let depth = 1
      let end = start
      while (end < input.length) {
        if (depth === 1 && input[end] === '}') break
        if (end !== start && input[end] === '{') depth++
        else if (depth > 1 && input[end] === '}') depth--
        end++
      }
      const inner = input.slice(start, end)
      expansions.push(inner)
      out += valueOf(inner)
      p = end + 1 // behind the brace, whose place was taken by a NUL
      if (p >= input.length) break
    }
    if (input[p] === '$') p--
    else out += input.charAt(p)
  }
  return { text: out, expansions }
}
