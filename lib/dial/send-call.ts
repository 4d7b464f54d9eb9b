import type { Clock } from '../clock.ts'
import { messageOf, SwitchixError } from '../errors.ts'
import { createCdr, createOutline, isRecovered, type PlacedCallRecord } from '../measure/cdr/cdr.ts'
import type { Call } from '../model/call.ts'
import type { DialApps } from './apps.ts'
import { nameOf } from '../esl/parties.ts'
import type { CallSpec } from './destination/call-options.ts'
import type { Fields } from './destination/template.ts'
import type { HealthMeter } from './health/health.ts'
import type { Hold } from './hold.ts'
import type { NodeLoad } from './nodes/node-load.ts'
import { placeCall, type EndedCall, type PlacedCall, type Placing } from './placed-call.ts'
import type { Tally } from './tally.ts'

export interface SenderOptions {
  readonly clock: Clock
  readonly apps: DialApps
  readonly tally: Tally
  readonly health: HealthMeter
  /** How long the next call is held. */
  readonly hold: () => Hold
  /** The uuid of the next call. */
  readonly newUuid: () => string
  /** How long a call that failed without the switch's word is waited for, in ms: it may turn up yet. */
  readonly patience: () => number
  /** Gets the row of each call that is over; without it no rows are made. */
  readonly onCdr: ((cdr: PlacedCallRecord, call: Call | undefined, fields: Fields) => void) | undefined
  /** A call is over. */
  readonly over: () => void
}

export interface Sender {
  /**
   * Sends a call to a switch, which waited so long (ms) for others in flight, and counts what becomes of it. Resolves when its
   * job has ended, well or not.
   */
  send(node: NodeLoad, dueAt: number, fields: Fields, waited: number): Promise<void>
  /** The last session of some call has ended; of ours, perhaps. */
  ended(call: Call): void
  /** Looks at the patience anew. */
  hurry(): void
  /** Waits for the end of no call any longer. */
  leave(): void
}

const nothing = (): void => undefined

/** A call, filled in; or why that was not possible. */
const fillIn = ({ callFor }: NodeLoad, fields: Fields): CallSpec | { readonly error: unknown } => {
  try {
    return callFor(fields)
  } catch (error) {
    return { error }
  }
}

/** A call whose fields cannot be filled in fails like one that the switch refuses. */
const originate = (
  { client }: NodeLoad,
  spec: ReturnType<typeof fillIn>,
  uuid: string,
  app: string | undefined,
): Placing => {
  try {
    if ('error' in spec) throw spec.error
    const { dest, options } = spec
    return client.originate(dest, { ...options, app, uuid })
  } catch (error) {
    const nothingSent = { session: undefined, unwanted: true, settled: () => Promise.resolve() }
    return Object.assign(Promise.reject(error as Error), nothingSent)
  }
}

export const createSender = ({
  clock,
  apps,
  tally,
  health,
  hold,
  patience,
  newUuid,
  onCdr,
  over,
}: SenderOptions): Sender => {
  const placed = new Map<string, PlacedCall>()

  const failed = (node: NodeLoad, error: unknown): void => {
    tally.failed++
    node.failed++
    const code = error instanceof SwitchixError ? error.code : 'UNKNOWN'
    node.doubtful ||= code === 'TIMEOUT' || code === 'CONNECTION_LOST'
    if (code !== 'JOB_FAILED' && !tally.errors.has(code)) tally.errors.set(code, messageOf(error))
  }

  const noteDoubt = (
    node: NodeLoad,
    job: Placing,
    { caller, afterwards }: Pick<EndedCall, 'caller' | 'afterwards'>,
  ): void => {
    if (afterwards === 'turned up') node.turnedUp++
    if (afterwards === 'left') node.left++
    if (afterwards === 'unknown') {
      node.unknown++
      // A connection that is closed leaves it open.
      void job.settled().then(() => node.client.state !== 'closed' && node.unknown--)
    }
    node.doubtful ||= caller?.lost ?? false
  }

  return {
    send(node, dueAt, fields, waited) {
      const app = apps.next()
      const uuid = newUuid()
      const now = clock.now()
      health.launched(dueAt, waited)
      tally.launch(now, dueAt)
      node.launched++
      const spec = fillIn(node, fields)
      const launch = onCdr && {
        call_uuid: uuid,
        app: app.name,
        node: node.client.name,
        caller_req_originate_ms: dueAt,
        job_launch_ms: now,
        failed_calls: tally.failed,
        active_sessions: node.client.countSessions(),
        erlangs: tally.active,
        destination: 'error' in spec ? undefined : nameOf(spec.dest),
      }
      const job = originate(node, spec, uuid, app.id)
      const call = placeCall(job, {
        clock,
        launchedAt: now,
        hold: hold(),
        answered({ times }) {
          tally.answered++
          node.answered++
          tally.latency.connect.record(clock.now() - dueAt)
          if (times.answer !== undefined) health.heard(node.client.name, times.answer)
        },
        failed: (error) => failed(node, error),
        patience,
        over({ cause, caller, call: whole, afterwards }) {
          placed.delete(uuid)
          noteDoubt(node, job, { caller, afterwards })
          if (isRecovered(caller, whole)) tally.recovered++
          tally.active--
          node.active--
          const cdr = launch && createCdr({ ...launch, hangup_cause: cause }, caller, whole)
          tally.note(cdr ?? createOutline(cause, caller, whole), now, health.offsetOf(node.client.name))
          if (cdr) onCdr(cdr, whole, fields)
          over()
        },
      })
      placed.set(uuid, call)
      return job.then(nothing, nothing)
    },
    ended(call) {
      // Where several parties are called it is the call that has the uuid.
      const whole = placed.get(call.uuid)
      whole?.ended(call)
      for (const { uuid } of call.sessions) {
        const one = placed.get(uuid)
        if (one !== whole) one?.ended(call)
      }
    },
    hurry() {
      for (const call of placed.values()) call.hurry()
    },
    leave() {
      for (const call of [...placed.values()]) call.leave()
    },
  }
}
