import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { ArgumentError, messageOf } from '../errors.ts'
import { inTurn, type HoldTimes } from './hold.ts'
import { replayOf, type Traffic } from './traffic/traffic.ts'

type Row = Readonly<Record<string, string>>

const noNumbers = (path: string, expected: string, error?: unknown): ArgumentError =>
  new ArgumentError(
    `expected ${expected} in ${path}${error === undefined ? '' : `: ${messageOf(error)}`}`,
    error,
  )

/** The rows of a CSV file by the names in its first line, or, where that is a number, of one number a line as `value`. */
const rowsOf = async (path: string, expected: string): Promise<Row[]> => {
  try {
    const text = await readFile(path, 'utf8')
    const columns = /^\uFEFF?\s*[\d.]+\s*$/m.test(text.split('\n', 1)[0] ?? '') ? ['value'] : true
    return parse(text, { columns, bom: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    throw noNumbers(path, expected, error)
  }
}

/** A number of each row; rows without it (a call that was never answered) are left out. */
const numbersOf = (rows: readonly Row[], read: (row: Row) => number): number[] =>
  rows.map(read).filter((number) => Number.isFinite(number))

const column = (row: Row, name: string): number =>
  row[name] === undefined || row[name] === '' ? Number.NaN : Number(row[name])

/**
 * The arrivals of a load that was recorded: a CDR file of ours, or milliseconds, one a line, in any order. The first comes
 * at once. Rejects with ArgumentError (BAD_ARGUMENT).
 */
export const recordedArrivals = async (path: string): Promise<Traffic> => {
  const expected = 'the times of calls, in milliseconds one a line, or CDRs with caller_req_originate_ms'
  const rows = await rowsOf(path, expected)
  const times = numbersOf(rows, (row) => column(row, 'value' in row ? 'value' : 'caller_req_originate_ms'))
  const sorted = times.sort((a, b) => a - b)
  const [first] = sorted
  if (first === undefined) throw noNumbers(path, expected)
  return replayOf(sorted.map((time) => time - first))
}

/**
 * The hold times of calls that were recorded, in turn: a CDR file of ours (from the answer to the hangup), or milliseconds,
 * one a line. Rejects with ArgumentError (BAD_ARGUMENT).
 */
export const recordedHolds = async (path: string): Promise<HoldTimes> => {
  const expected =
    'hold times, in milliseconds one a line, or CDRs with caller_answer_ms and caller_hangup_ms'
  const rows = await rowsOf(path, expected)
  const holds = numbersOf(rows, (row) =>
    'value' in row ? column(row, 'value') : column(row, 'caller_hangup_ms') - column(row, 'caller_answer_ms'),
  )
  if (holds.length === 0) throw noNumbers(path, expected)
  return inTurn(holds)
}
