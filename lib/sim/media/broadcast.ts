import { APPLICATIONS } from '../applications/index.ts'
import type { Channel } from '../channel/channel.ts'
import { nextSequence } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { eventHead } from '../events/event-head.ts'
import { KINDS } from '../events/kinds.ts'
import { KNOWN_APPLICATIONS } from '../execution/known-applications.ts'
import { queueMessage } from '../execution/messages.ts'
import { partnerOf, type Switch } from '../core/switch.ts'

export type BroadcastLegs = 'aleg' | 'bleg' | 'both'

/** The legs by their word; without one, the first. */
export const readLegs = (word = 'aleg'): BroadcastLegs | undefined =>
  word === 'aleg' || word === 'bleg' || word === 'both' ? word : undefined

/** How many audio frames pass before it begins. */
const LEAD_FRAMES = 5

/** `app[!cause]::argument`, or a file: what to run, and the cause to hang up with behind it. */
const readPath = (path: string): { app: string; arg: string; cause: string | undefined } => {
  const [, name, arg = path] = /^(.*?)::([^]*)$/.exec(path) ?? []
  if (name === undefined) return { app: 'playback', arg, cause: undefined }
  const [app = '', cause] = name.split('!', 2)
  return { app, arg, cause: cause === '' ? 'normal_clearing' : cause }
}

/** The application that a broadcast would need, and that is not modelled. */
export const missingApplication = (path: string): string | undefined => {
  const { app } = readPath(path)
  return KNOWN_APPLICATIONS.has(app) && !APPLICATIONS.has(app) ? app : undefined
}

const queue = (sw: Switch, channel: Channel, app: string, arg: string, leadFrames: number): void => {
  const sequence = nextSequence(sw)
  const headers =
    `\n${eventHead(sw, KINDS.broadcast, sequence)}\ncall-command: execute${header('execute-app-name', app)}` +
    `${header('execute-app-arg', arg)}\nevent-lock: true${leadFrames > 0 ? `\nlead-frames: ${leadFrames}` : ''}`
  queueMessage(sw, channel, {
    command: 'execute',
    app,
    arg,
    eventUuid: undefined,
    eventLock: true,
    loops: 1,
    hangupCause: '',
    headers: () => headers,
    actions: undefined,
    leadFrames,
  })
}

/** Runs an application, or plays a file, on one leg of a call or both (`switch_ivr_broadcast` in `src/switch_ivr_async.c`). */
export const broadcast = (sw: Switch, channel: Channel, path: string, legs: BroadcastLegs): void => {
  const { app, arg, cause } = readPath(path)
  const partner = partnerOf(sw, channel)
  if (legs !== 'aleg' && partner) queue(sw, partner, app, arg, LEAD_FRAMES)
  if (legs !== 'bleg') queue(sw, channel, app, arg, LEAD_FRAMES)
  if (cause !== undefined) queue(sw, channel, 'hangup', cause, 0)
}
