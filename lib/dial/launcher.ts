import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { CallDetailRecord } from '../measure/cdr.ts'
import type { Call } from '../model/call.ts'
import type { OriginateOptions } from '../service/client.ts'
import type { DialNode } from './dial-nodes.ts'
import type { Hold } from './options.ts'
import { placeCall, type PlacedCall } from './placed-call.ts'
import type { Tally } from './tally.ts'

export interface LauncherOptions {
  readonly nodes: readonly DialNode[]
  readonly clock: Clock
  readonly originate: OriginateOptions
  /** For the rows: ids are made up for each run. */
  readonly appName: string
  readonly hold: Hold
  readonly tally: Tally
  /** A call is over. */
  readonly over: (cdr: CallDetailRecord) => void
}

export interface Launcher {
  /** Whether there is a node left to place calls on. */
  readonly ready: boolean
  /** Places a call on the next node in turn; `dueAt` is when the schedule wanted it. */
  launch(dueAt: number): void
  /** Stops following the calls. */
  close(): void
}

/** Launches calls, counts them, and follows each to its end. */
export const createLauncher = (options: LauncherOptions): Launcher => {
  const { nodes, clock, originate, appName, hold, tally, over } = options
  const placed = new Map<string, PlacedCall>()
  let turn = 0

  const callEnded = (call: Call): void => {
    for (const { uuid } of call.sessions) placed.get(uuid)?.ended(call)
  }
  const listeners = nodes.map(({ client }) => client.onCallEnd(callEnded))

  const nextNode = (): DialNode | undefined => {
    const connected = nodes.filter(({ client }) => client.connected)
    return connected[turn++ % connected.length]
  }

  return {
    get ready() {
      return nodes.some(({ client }) => client.connected)
    },
    launch(dueAt) {
      const node = nextNode()
      if (!node) return
      const { client, dest } = node
      const uuid = randomUUID()
      tally.launched++
      tally.active++
      const info = {
        call_uuid: uuid,
        app: appName,
        node: client.name,
        caller_req_originate_ms: dueAt,
        job_launch_ms: clock.now(),
        failed_calls: tally.failed,
        active_sessions: client.countSessions(),
        erlangs: tally.active,
      }
      const call = placeCall(info, client.originate(dest, { ...originate, uuid }), {
        clock,
        hold,
        answered: () => tally.answered++,
        failed: () => tally.failed++,
        over(cdr) {
          placed.delete(uuid)
          tally.active--
          tally.note(cdr)
          over(cdr)
        },
      })
      placed.set(uuid, call)
    },
    close() {
      for (const stop of listeners) stop()
    },
  }
}
