// Call detail records, as an app: one row for each call, when the last of its sessions has ended.
import { connect, type Call, type ClientApp } from 'switchix'
import { tonePlay } from 'switchix/apps'
import { simulate } from 'switchix/testing'

/** Stamps are milliseconds since the epoch: the switch's, but for `job_launch` and `caller_req_originate`. */
interface Row {
  readonly app: string
  readonly hangup_cause: string | undefined
  readonly caller_create: number | undefined
  readonly caller_answer: number | undefined
  readonly caller_req_originate: number | undefined
  readonly caller_originate: number | undefined
  readonly caller_hangup: number | undefined
  readonly job_launch: number | undefined
  readonly callee_create: number | undefined
  readonly callee_answer: number | undefined
  readonly callee_hangup: number | undefined
  readonly failed_calls: number
  readonly active_sessions: number
  readonly erlangs: number
}

const cdr = (store: (row: Row) => void): ClientApp => {
  /** What was up when a call began, and when its caller was sent out, by our clock. */
  const begun = new WeakMap<Call, Pick<Row, 'active_sessions' | 'erlangs'>>()
  const requested = new Map<string, number>()
  let failed = 0
  let counts = { sessions: () => 0, calls: () => 0 }

  return {
    name: 'CDR',
    prepost({ client }) {
      counts = { sessions: () => client.countSessions(), calls: () => client.countCalls() }
      return undefined
    },
    on: {
      CHANNEL_CREATE({ call }) {
        if (!begun.has(call)) begun.set(call, { active_sessions: counts.sessions(), erlangs: counts.calls() })
      },
      CHANNEL_ORIGINATE: ({ uuid }) => void requested.set(uuid, Date.now()),
      CHANNEL_DESTROY({ appId, call }) {
        if (call.active.length > 0) return
        const { first: caller, last: callee } = call
        if (caller.cause !== 'NORMAL_CLEARING') failed++
        store({
          app: appId,
          hangup_cause: caller.cause,
          caller_create: caller.times.create,
          caller_answer: caller.times.answer,
          caller_req_originate: requested.get(caller.uuid),
          caller_originate: caller.times.originate,
          caller_hangup: caller.times.hangup,
          job_launch: caller.job?.launched,
          callee_create: callee?.times.create,
          callee_answer: callee?.times.answer,
          callee_hangup: callee?.times.hangup,
          failed_calls: failed,
          ...(begun.get(call) ?? { active_sessions: 0, erlangs: 0 }),
        })
        requested.delete(caller.uuid)
      },
    },
  }
}

const rows: Row[] = []

await using sw = await simulate()
await using client = await connect(sw)
await client.load(tonePlay(), { id: 'tone' })
await client.load(
  cdr((row) => void rows.push(row)),
  { id: 'tone', measurer: true }, // sees each event before the app does
)

/** Resolves with the next call whose last session has ended. */
const callEnd = (): Promise<Call> =>
  new Promise((resolve) => {
    const stop = client.onCallEnd((call) => {
      stop()
      resolve(call)
    })
  })

for (let i = 0; i < 3; i++) {
  const ended = callEnd()
  const caller = await client.originate('park@127.0.0.1:5080', { app: 'tone' })
  await caller.hangup()
  await ended
}
console.log('%d rows', rows.length)
console.log(rows.at(-1))
