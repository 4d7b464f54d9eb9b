import type { Action } from '../calls/dialplan.ts'

/** What `sendmsg` queues for a channel. */
export interface Message {
  /** `call-command`; empty where there was none. */
  readonly command: string
  readonly app: string
  readonly arg: string
  readonly eventUuid: string | undefined
  readonly eventLock: boolean
  readonly loops: number
  readonly hangupCause: string
  /** Its headers as they came, each with a newline in front, for PRIVATE_COMMAND, which hardly anybody listens to. */
  readonly headers: () => string
  /** How many audio frames pass before it is carried out: a broadcast, which is an event of its own, COMMAND. */
  readonly leadFrames: number
  /** `xferext`: what the channel does from now on. */
  readonly actions: readonly Action[] | undefined
}
