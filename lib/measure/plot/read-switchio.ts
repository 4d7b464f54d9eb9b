import { parse } from 'csv-parse/sync'
import { ArgumentError, messageOf } from '../../errors.ts'
import { readLines } from '../store/lines.ts'
import type { PlotCall } from './plot-calls.ts'

/** The columns of switchio's CDRs (`CDR.fields` of its apps/measure/cdr.py); times are in seconds. */
const TIMES = [
  'caller_create',
  'caller_answer',
  'callee_create',
  'callee_answer',
  'job_launch',
  'caller_req_originate',
] as const
const COUNTS = ['active_sessions', 'erlangs', 'failed_calls'] as const

const fieldsOf = (line: string, quoted: boolean): readonly string[] => {
  const row = line.endsWith('\r') ? line.slice(0, -1) : line
  return quoted && row.includes('"') ? (parse(row)[0] ?? []) : row.split(',')
}

const numberOf = (text: string | undefined): number =>
  text === undefined || text === '' ? Number.NaN : Number(text)

type Read = (fields: readonly string[]) => PlotCall

const readerOf = (path: string, names: readonly string[]): Read => {
  const places = [...TIMES, ...COUNTS].map((name) => names.indexOf(name))
  const missing = [...TIMES, ...COUNTS].filter((_, i) => (places[i] ?? -1) < 0)
  if (missing.length > 0)
    throw new ArgumentError(`expected ${path} to have switchio's columns; ${missing.join(', ')} is not there`)
  return (fields) => {
    // pandas puts the index of each row before it, and names it nothing.
    const shift = fields.length > names.length ? 1 : 0
    const values = places.map((place) => numberOf(fields[place + shift]))
    const [create, answer, calleeCreate, calleeAnswer, launch, originate] = values.slice(0, 6).map((s) => s * 1000)
    const [activeSessions, erlangs, failedCalls] = values.slice(6)
    return { create, answer, calleeCreate, calleeAnswer, launch, originate, activeSessions, erlangs, failedCalls } as PlotCall
  }
} // prettier-ignore

/**
 * The calls of a CSV file that switchio has written: with pandas (`DataFrame.to_csv` below a head without the index), or
 * without it. Rejects with ArgumentError (BAD_ARGUMENT).
 */
export async function* readSwitchio(path: string): AsyncGenerator<PlotCall[], void> {
  let read: Read | undefined
  try {
    for await (const { lines, quoted } of readLines(path, true)) {
      const rows = read ? lines : lines.slice(1)
      read ??= readerOf(path, fieldsOf((lines[0] ?? '').replace(/^\uFEFF/, ''), quoted))
      yield rows.filter((line) => line.trim() !== '').map((line) => (read as Read)(fieldsOf(line, quoted)))
    }
  } catch (error) {
    if (error instanceof ArgumentError) throw error
    throw new ArgumentError(`cannot read ${path}: ${messageOf(error)}`, error)
  }
}
