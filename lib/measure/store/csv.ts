/** One field of a CSV row (RFC 4180); undefined is empty. */
const field = (value: string | number | undefined): string => {
  if (typeof value === 'number') return String(value)
  if (value === undefined) return ''
  return /[",\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value
}

/** A row of CSV with its line end. RFC 4180 ends lines with CRLF; every reader takes LF, and so do line tools. */
export const csvRow = (values: readonly (string | number | undefined)[]): string =>
  // Not one piece after the other: strings that hang on each other are what the garbage collector is slow with.
  values.map(field).join(',') + '\n'
