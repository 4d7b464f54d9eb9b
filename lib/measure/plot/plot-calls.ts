import { open } from 'node:fs/promises'
import { ArgumentError, messageOf } from '../../errors.ts'
import type { Kinds, RowOf } from '../../app/measure.ts'
import { formatOf } from '../store/format.ts'
import { readBatches } from '../store/read-rows.ts'
import { readSwitchio } from './read-switchio.ts'

/** What a plot needs of a call; times in ms since the epoch, NaN where there is none. */
export interface PlotCall {
  readonly create: number
  readonly answer: number
  readonly calleeCreate: number
  readonly calleeAnswer: number
  /** When its command was sent, and when the switch began with it. */
  readonly launch: number
  readonly originate: number
  readonly activeSessions: number
  readonly erlangs: number
  readonly failedCalls: number
}

const COLUMNS = {
  call_uuid: 'text',
  caller_create_ms: 'number',
  caller_answer_ms: 'number',
  callee_create_ms: 'number',
  callee_answer_ms: 'number',
  job_launch_ms: 'number',
  active_sessions: 'number',
  erlangs: 'number',
  failed_calls: 'number',
} as const satisfies Kinds

const callOf = (row: RowOf<typeof COLUMNS>): PlotCall => ({
  create: row.caller_create_ms ?? Number.NaN,
  answer: row.caller_answer_ms ?? Number.NaN,
  calleeCreate: row.callee_create_ms ?? Number.NaN,
  calleeAnswer: row.callee_answer_ms ?? Number.NaN,
  launch: row.job_launch_ms ?? Number.NaN,
  originate: row.caller_create_ms ?? Number.NaN,
  activeSessions: row.active_sessions ?? Number.NaN,
  erlangs: row.erlangs ?? Number.NaN,
  failedCalls: row.failed_calls ?? Number.NaN,
})

const HEAD = 4096

const headOf = async (path: string): Promise<string> => {
  const file = await open(path).catch((error: unknown) => {
    throw new ArgumentError(`cannot read ${path}: ${messageOf(error)}`, error)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.toString('utf8', 0, bytesRead).split(/\r?\n/, 1)[0] ?? ''
  } catch (error) {
    throw new ArgumentError(`cannot read ${path}: ${messageOf(error)}`, error)
  } finally {
    await file.close()
  }
}

/**
 * The calls of a CDR file, ours or switchio's, in the order of their creation; those that never had a channel are left out,
 * as switchio has no row for them. Rejects with ArgumentError (BAD_ARGUMENT).
 */
export const readPlotCalls = async (path: string): Promise<readonly PlotCall[]> => {
  const calls: PlotCall[] = []
  const isSwitchio = formatOf(path) === 'csv' && /(^|,)caller_create(,|$)/.test(await headOf(path))
  if (isSwitchio) for await (const some of readSwitchio(path)) calls.push(...some)
  else for await (const rows of readBatches(path, COLUMNS, 'call_uuid')) calls.push(...rows.map(callOf))
  const created = calls.filter(({ create }) => Number.isFinite(create))
  if (created.length === 0) throw new ArgumentError(`expected calls in ${path} that the switch has made; there is none`) // prettier-ignore
  return created.sort((a, b) => a.create - b.create)
}
