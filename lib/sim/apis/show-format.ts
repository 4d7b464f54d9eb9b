/** A row of a table, by its columns. */
export type Row = Readonly<Record<string, string>>

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const lines = ({ columns, rows }: Table, delimiter: string): string => {
  const total = `\n${rows.length} total.\n`
  if (rows.length === 0) return total
  const write = (cells: readonly string[]): string => `${cells.join(delimiter)}\n`
  const body = rows.map((row) => write(columns.map((name) => row[name] ?? '')))
  return `${write(columns)}${body.join('')}${total}`
}

const json = ({ columns, rows }: Table): string => {
  if (rows.length === 0) return '{"row_count": 0}\n'
  const objects = rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? ''])))
  return JSON.stringify({ row_count: rows.length, rows: objects })
}

const xml = ({ columns, rows }: Table): string => {
  if (rows.length === 0) return '<result row_count="0"/>\n'
  const field = (row: Row, name: string): string => `    <${name}>${escapeXml(row[name] ?? '')}</${name}>\n`
  const body = rows.map(
    (row, i) => `  <row row_id="${i + 1}">\n${columns.map((name) => field(row, name)).join('')}  </row>\n`,
  )
  return `<result row_count="${rows.length}">\n${body.join('')}</result>\n`
}

/**
 * Writes a table as `delim` (with a delimiter of one's own), `csv`, `json` or `xml`: the words behind `as`
 * (`show_function` in `mod_commands.c`).
 */
export const writeTable = (table: Table, as: readonly string[]): string => {
  const [format = 'delim', delimiter = ','] = as
  switch (format.toLowerCase()) {
    case 'delim':
    case 'csv':
      return lines(table, delimiter)
    case 'json':
      return json(table)
    case 'xml':
      return xml(table)
    default:
      return `-ERR Cannot find format ${format}\n`
  }
}

/** Only how many there are. */
export const writeCount = (count: number, as: readonly string[]): string => {
  const [format = 'delim'] = as
  switch (format.toLowerCase()) {
    case 'delim':
    case 'csv':
      return `\n${count} total.\n`
    case 'json':
      return JSON.stringify({ row_count: count, rows: [] })
    case 'xml':
      return `<result row_count="${count}"></result>\n`
    default:
      return `-ERR Cannot find format ${format}\n`
  }
}
