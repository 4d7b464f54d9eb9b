import { CDR_COLUMNS, createCdr, type CallDetailRecord } from '../measure/cdr/cdr.ts'
import { createRowStore, type RowStore } from '../measure/store/row-store.ts'
import type { Call } from '../model/call.ts'
import type { Client, ClientApp } from '../service/client.ts'
import { callback, flag, text, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'
import { shareStore } from './share-store.ts'

/** One row a call: what the originator writes, too. */
export type CdrRow = CallDetailRecord

export interface CdrOptions {
  /** The file that the rows go to, CSV or (`.ndjson`) lines of JSON. Default: `cdr.csv` where there is no `onRow`. */
  readonly file?: string
  /** Goes on with a file that is there, in place of replacing it. Default false. */
  readonly append?: boolean
  /** Told of each row. */
  readonly onRow?: ((row: CdrRow) => void) | undefined
}

export const CDR_OPTIONS: OptionTable<CdrOptions> = {
  file: text('cdr.csv', 'the file that the rows go to: CSV, or lines of JSON where it ends in .ndjson'),
  append: flag(false, 'goes on with a file that is there, in place of replacing it'),
  onRow: callback('told of each row'),
}

/** What is known of a call when it begins. */
interface Begun {
  readonly failed_calls: number
  readonly active_sessions: number
  readonly erlangs: number
  requested?: number
}

/** A slice of an event's text would keep all of it alive. */
const destinationOf = (caller: Call['first']): string | undefined => {
  const number = caller.get('Caller-Destination-Number')
  return number === undefined ? undefined : Buffer.from(number).toString()
}

const sum = (clients: Iterable<Client>, count: (client: Client) => number): number => {
  let all = 0
  for (const client of clients) all += count(client)
  return all
}

/**
 * Writes a row for each call of its id once the call's last session has ended. Sessions and calls are counted over all the
 * switches that it is loaded on. Load it as a measurer (`load(cdr(), { id, measurer: true })`), so that it sees each event
 * before the app that it measures; with `measurer: 'all'` it has the calls of every app. Under several ids it writes each call once.
 */
export const cdr = (options: CdrOptions = {}): ClientApp => {
  const { onRow, append, ...given } = readOptions('CDR', CDR_OPTIONS, options)
  const file = options.file ?? (onRow ? '' : given.file)
  const clients = new Set<Client>()
  const begun = new WeakMap<Call['vars'], Begun>()
  const store = shareStore<CdrRow>(() =>
    file === '' ? undefined : createRowStore<CdrRow>(file, CDR_COLUMNS, { append }),
  )
  let failed = 0

  const begin = (call: Call): Begun => {
    const known = begun.get(call.vars)
    if (known) return known
    const now: Begun = {
      failed_calls: failed,
      active_sessions: sum(clients, (client) => client.countSessions()),
      erlangs: sum(clients, (client) => client.countCalls()),
    }
    begun.set(call.vars, now)
    return now
  }

  const finish = (call: Call, rows: RowStore<CdrRow> | undefined): void => {
    const { first: caller } = call
    const known = begun.get(call.vars)
    if (!known) return
    // Loaded under several ids it is told of each call by all of them.
    begun.delete(call.vars)
    const { requested, ...counts } = known
    if (caller.cause !== 'NORMAL_CLEARING') failed++
    const launch = {
      call_uuid: call.uuid,
      app: caller.appId,
      node: caller.node,
      hangup_cause: caller.cause ?? 'NONE',
      caller_req_originate_ms: requested,
      job_launch_ms: caller.job?.launched,
      destination: destinationOf(caller),
      ...counts,
    }
    const row = createCdr(launch, caller, call)
    rows?.append(row)
    onRow?.(row)
  }

  return {
    name: 'CDR',
    async *prepost({ client }) {
      const { rows, leave } = await store.join()
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
