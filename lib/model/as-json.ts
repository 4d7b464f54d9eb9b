import type { inspect, InspectOptions } from 'node:util'
import type { HangupCause } from '../esl/hangup-causes.ts'
import type { Call } from './call.ts'
import type { JobInfo } from './job.ts'
import type { Session } from './session.ts'
import type { SessionTimes } from './times.ts'

/** A session as plain data: `JSON.stringify(session)`. Times in milliseconds since the epoch. */
export interface SessionJson {
  readonly uuid: string
  readonly direction: 'inbound' | 'outbound'
  readonly node: string
  readonly appId: string
  readonly call: string
  readonly peer: string | undefined
  readonly answered: boolean
  readonly hungup: boolean
  readonly cause: HangupCause | undefined
  readonly lost: boolean
  readonly times: Readonly<SessionTimes>
  /** In milliseconds. */
  readonly uptime: number
}

/** A call as plain data. */
export interface CallJson {
  readonly uuid: string
  readonly sessions: readonly SessionJson[]
}

/** A job as plain data. */
export type JobJson = Pick<JobInfo, 'uuid' | 'command' | 'launched' | 'result' | 'failed'> & {
  readonly session: string | undefined
}

/** What is printed as its data. */
export interface Inspectable {
  [inspect.custom](depth: number, options: InspectOptions): string
}

export const sessionJson = (session: Session): SessionJson => {
  const { uuid, direction, node, appId, answered, hungup, cause, lost, times, uptime } = session
  const [call, peer] = [session.call.uuid, session.peer?.uuid]
  return {
    uuid,
    direction,
    node,
    appId,
    call,
    peer,
    answered,
    hungup,
    cause,
    lost,
    times: { ...times },
    uptime,
  }
}

export const callJson = ({ uuid, sessions }: Call): CallJson => ({
  uuid,
  sessions: sessions.map((session) => session.toJSON()),
})

export const jobJson = ({ uuid, command, launched, result, failed, session }: JobInfo): JobJson => ({
  uuid,
  command,
  launched,
  result,
  failed,
  session: session?.uuid,
})
