/** One field of a CSV row (RFC 4180); undefined is empty. */
const field = (value: string | number | undefined): string => {
  const text = value === undefined ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

/** A row of CSV with its line end. RFC 4180 ends lines with CRLF; every reader takes LF, and so do line tools. */
export const csvRow = (values: readonly (string | number | undefined)[]): string =>
  values.map(field).join(',') + '\n'
