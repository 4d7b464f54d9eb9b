import { parse } from 'csv-parse/sync'
import type { Kind, Kinds, RowOf } from '../../app/measure.ts'
import { ArgumentError, messageOf } from '../../errors.ts'
import { restore } from './csv.ts'
import { formatOf } from './format.ts'
import { headsLike, type Heads } from './heads.ts'
import { readLines } from './lines.ts'

type Values = Record<string, string | number | undefined>

/** Nothing written is undefined, and so is what is no number where one belongs. */
const valueOf = (kind: Kind, value: unknown): string | number | undefined => {
  if (value === undefined || value === null || value === '') return undefined
  if (kind === 'text') return typeof value === 'string' ? value : JSON.stringify(value)
  const number = Number(value)
  return Number.isNaN(number) ? undefined : number
}

type Reader = (line: string, quoted: boolean) => Values

/** The first so many fields; what is behind them is not wanted. */
const fieldsOf = (line: string, quoted: boolean, count = 2 ** 32 - 1): readonly string[] => {
  const row = line.endsWith('\r') ? line.slice(0, -1) : line
  // Most rows have no quotes, and a million of them are read.
  return quoted && row.includes('"') ? (parse(row)[0] ?? []) : row.split(',', count)
}

const namesOf = (head: string): readonly string[] => fieldsOf(head.replace(/^\uFEFF/, ''), true)

/** Reads the fields of a row of CSV by their places; a column that the file does not have is undefined. */
const csvReader = (names: readonly string[], columns: Kinds): Reader => {
  const places = Object.entries(columns).map(([name, kind]) => [name, kind, names.indexOf(name)] as const)
  const count = Math.max(...places.map(([, , place]) => place + 1))
  return (line, quoted) => {
    const fields = fieldsOf(line, quoted, count)
    const row: Values = {}
    for (const [name, kind, place] of places) {
      const value = valueOf(kind, fields[place])
      row[name] = typeof value === 'string' ? restore(value) : value
    }
    return row
  }
}

const parseJson = (line: string, columns: Kinds): Values => {
  const values = JSON.parse(line) as Record<string, unknown>
  const row: Values = {}
  for (const name of Object.keys(columns)) row[name] = valueOf(columns[name] ?? 'text', values[name])
  return row
}

const BRACE = 0x7d
const COMMA = 0x2c

/**
 * A value behind its key, as `createWriter` writes it: a number, or a text without an escape. Undefined for anything else, which
 * JSON.parse knows.
 */
const valueAt = (line: string, from: number, kind: Kind): string | number | undefined => {
  if (kind === 'text') {
    const end = line.indexOf('"', from + 1)
    return line.charCodeAt(from) === 0x22 && end > 0 ? line.slice(from + 1, end) : undefined
  }
  let end = from
  while (end < line.length && line.charCodeAt(end) !== COMMA && line.charCodeAt(end) !== BRACE) end++
  const number = Number(line.slice(from, end))
  return end > from && Number.isFinite(number) ? number : undefined
}

/**
 * Reads lines of JSON. Where few columns are wanted of many, they are looked for in the text in their order, which is a third of the
 * work of parsing it all; a line that is not as we write them is parsed.
 */
const jsonReader = (columns: Kinds): Reader => {
  const wanted = Object.entries(columns).map(
    ([name, kind]) => [name, kind, `${JSON.stringify(name)}:`] as const,
  )
  return (line) => {
    // An escape may hide a quote, a blank a key, and another object has keys of its own.
    if (!line.startsWith('{"') || line.includes('\\') || line.includes('{', 1))
      return parseJson(line, columns)
    const row: Values = {}
    let at = 1
    for (const [name, kind, key] of wanted) {
      const found = line.indexOf(key, at)
      if (found < 0) {
        // It has none, or they are in another order.
        if (line.includes(key)) return parseJson(line, columns)
        row[name] = undefined
        continue
      }
      const before = line.charCodeAt(found - 1)
      const value = valueAt(line, found + key.length, kind)
      if (value === undefined || (before !== COMMA && found !== 1)) return parseJson(line, columns)
      row[name] = value
      at = found + key.length
    }
    return row
  }
}

const readerOf = (path: string, head: string, columns: Kinds, required: string): Reader => {
  if (formatOf(path) === 'ndjson') return jsonReader(columns)
  const names = namesOf(head)
  if (names.includes(required)) return csvReader(names, columns)
  throw new ArgumentError(`expected ${path} to have a column ${required} in its first line`)
}

/**
 * Reads a store back, many rows at a time: CSV or lines of JSON, by its ending; only these columns, with their types. A
 * last row without its line end was never finished, and is left out; a head in the midst of CSV is that of another file which
 * was put behind the first. Rejects with ArgumentError (BAD_ARGUMENT) for a file
 * that cannot be read, and for one without the column `required`; rows for whose value of it `only` is false are left out.
 */
export async function* readBatches<K extends Kinds>(
  path: string,
  columns: K,
  required: keyof K & string,
  only?: (value: string | number | undefined) => boolean,
): AsyncGenerator<RowOf<K>[], void> {
  let read: Reader | undefined
  let readRequired: Reader | undefined
  let heads: Heads | undefined
  const begin = (head: string): void => {
    read = readerOf(path, head, columns, required)
    readRequired = only && readerOf(path, head, { [required]: columns[required] ?? 'text' }, required)
  }
  const isCsv = formatOf(path) === 'csv'
  try {
    for await (const { lines, quoted } of readLines(path, isCsv)) {
      if (lines.length === 0) continue
      heads ??= isCsv ? headsLike(lines[0] ?? '') : undefined
      const rows: RowOf<K>[] = []
      for (const line of lines) {
        const kind = heads?.kindOf(line) ?? 'row'
        if (!read || kind === 'head') begin(line)
        if (line === '' || kind !== 'row') continue
        if (!only || only(readRequired?.(line, quoted)[required])) rows.push(read?.(line, quoted) as RowOf<K>)
      }
      yield rows
    }
  } catch (error) {
    if (error instanceof ArgumentError) throw error
    throw new ArgumentError(`cannot read ${path}: ${messageOf(error)}`, error)
  }
}
