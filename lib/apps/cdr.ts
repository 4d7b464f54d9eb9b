import { createCsvStore, type RowStore } from '../measure/csv-store.ts'
import { createCdr, type CallDetailRecord } from '../measure/cdr.ts'
import type { Call } from '../model/call.ts'
import type { Client, ClientApp } from '../service/client.ts'
import { callback, text, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'
import { shareStore } from './share-store.ts'

/**
 * One row a call. Stamps are milliseconds since the epoch by the switch's clock, but for `job_launch_ms` and
 * `caller_req_originate_ms`, which are ours.
 */
export interface CdrRow extends Omit<CallDetailRecord, 'caller_req_originate_ms' | 'job_launch_ms'> {
  /** When we were told that the switch sends the caller out; undefined where it came in. */
  readonly caller_req_originate_ms: number | undefined
  /** When the switch sent it out. */
  readonly caller_originate_ms: number | undefined
  /** When the originate command was sent; undefined for calls that are not ours. */
  readonly job_launch_ms: number | undefined
}

export interface CdrOptions {
  /** The CSV file that the rows go to; an older one is replaced. Default: `cdr.csv` where there is no `onRow`. */
  readonly file?: string
  /** Told of each row. */
  readonly onRow?: ((row: CdrRow) => void) | undefined
}

export const CDR_OPTIONS: OptionTable<CdrOptions> = {
  file: text('cdr.csv', 'the CSV file that the rows go to'),
  onRow: callback('told of each row'),
}

/** The columns of its file, in order. */
export const CDR_ROW_FIELDS: readonly (keyof CdrRow)[] = [
  'call_uuid',
  'app',
  'node',
  'hangup_cause',
  'job_launch_ms',
  'caller_req_originate_ms',
  'caller_originate_ms',
  'caller_create_ms',
  'caller_progress_ms',
  'caller_answer_ms',
  'caller_hangup_ms',
  'callee_uuid',
  'callee_create_ms',
  'callee_answer_ms',
  'callee_hangup_ms',
  'failed_calls',
  'active_sessions',
  'erlangs',
]

/** What is known of a call when it begins. */
interface Begun {
  readonly failed_calls: number
  readonly active_sessions: number
  readonly erlangs: number
  requested?: number
}

const sum = (clients: Iterable<Client>, count: (client: Client) => number): number => {
  let all = 0
  for (const client of clients) all += count(client)
  return all
}

/**
 * Writes a row for each call of its id once the call's last session has ended. Sessions and calls are counted over all the
 * switches that it is loaded on. Load it as a measurer (`load(cdr(), { id, measurer: true })`), so that it sees each event
 * before the app that it measures.
 */
export const cdr = (options: CdrOptions = {}): ClientApp => {
  const { onRow, ...given } = readOptions('CDR', CDR_OPTIONS, options)
  const file = options.file ?? (onRow ? '' : given.file)
  const clients = new Set<Client>()
  const begun = new WeakMap<Call, Begun>()
  const store = shareStore<CdrRow>(({ clock }) =>
    file === '' ? undefined : createCsvStore(file, CDR_ROW_FIELDS, clock),
  )
  let failed = 0

  const begin = (call: Call): Begun => {
    const known = begun.get(call)
    if (known) return known
    const now: Begun = {
      failed_calls: failed,
      active_sessions: sum(clients, (client) => client.countSessions()),
      erlangs: sum(clients, (client) => client.countCalls()),
    }
    begun.set(call, now)
    return now
  }

  const finish = (call: Call, rows: RowStore<CdrRow> | undefined): void => {
    const { first: caller } = call
    const known = begun.get(call)
    if (!known) return
    const { requested, ...counts } = known
    if (caller.cause !== 'NORMAL_CLEARING') failed++
    const launch = {
      call_uuid: call.uuid,
      app: caller.appId,
      node: caller.node,
      hangup_cause: caller.cause ?? 'NONE',
      caller_req_originate_ms: NaN,
      job_launch_ms: NaN,
      ...counts,
    }
    const row: CdrRow = {
      ...createCdr(launch, caller, call),
      caller_req_originate_ms: requested,
      caller_originate_ms: caller.times.originate,
      job_launch_ms: caller.job?.launched,
    }
    rows?.append(row)
    onRow?.(row)
  }

  return {
    name: 'CDR',
    async *prepost({ client }) {
      const { rows, leave } = await store.join(client)
      clients.add(client)
      const stop = client.onCallEnd((call) => finish(call, rows))
      yield
      stop()
      clients.delete(client)
      await leave()
    },
    on: {
      CHANNEL_CREATE: ({ call }) => void begin(call),
      CHANNEL_ORIGINATE(sess) {
        const client = [...clients].find(({ name }) => name === sess.node)
        if (sess.uuid === sess.call.first.uuid) begin(sess.call).requested ??= client?.clock.now() ?? NaN
      },
    },
  }
}
