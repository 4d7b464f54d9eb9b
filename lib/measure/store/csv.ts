/** What a spreadsheet would run, or what looks so with quotes before it (OWASP, CSV injection). */
const RUNS = /^'*[=+\-@\t\r]/

/** A number, or a telephone number: there is nothing in it to run. */
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/

/** A text that no spreadsheet runs: with a `'` before it where it would. */
const defuse = (text: string): string => (RUNS.test(text) && !NUMBER.test(text) ? `'${text}` : text)

/** The text that `defuse` was given. */
export const restore = (text: string): string =>
  text.charCodeAt(0) === 0x27 && RUNS.test(text.slice(1)) ? text.slice(1) : text

/** One field of a CSV row (RFC 4180); undefined is empty. */
const field = (value: string | number | undefined): string => {
  if (typeof value === 'number') return String(value)
  if (value === undefined) return ''
  const text = defuse(value)
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

/** A row of CSV with its line end. RFC 4180 ends lines with CRLF; every reader takes LF, and so do line tools. */
export const csvRow = (values: readonly (string | number | undefined)[]): string =>
  // Not one piece after the other: strings that hang on each other are what the garbage collector is slow with.
  values.map(field).join(',') + '\n'
