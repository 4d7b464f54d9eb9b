import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { emitPrivateCommand } from '../socket/private-command.ts'
import { runApplication } from './run-application.ts'
import { hangup, windDown } from '../channel/hangup.ts'
import { heardBy } from '../media/sending.ts'
import type { Message } from './message.ts'
import { transferToActions } from '../calls/transfer-to-actions.ts'
import { readCause } from '../channel/sip-causes.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { setOwn, unsetOwn } from '../channel/variables.ts'

/** Queues a message for a channel, which looks for one with its next audio frame, while an application runs. */
export const queueMessage = (sw: Switch, channel: Channel, message: Message): void => {
  channel.messages.push(message)
  expectPickup(sw, channel)
}

/** Sees to it that the channel looks at its queue. */
export const expectPickup = (sw: Switch, channel: Channel): void => {
  if (channel.pickup || channel.messages.length === 0 || channel.locked || !isUp(channel)) return
  channel.pickup = later(sw, TIMING.frame, () => {
    channel.pickup = undefined
    takeMessages(sw, channel)
  })
}

/**
 * Works the queue off. Without `event-lock` the next message does not wait for the application of the one before: it
 * nests in it (`switch_ivr_parse_all_events` in `src/switch_ivr.c`).
 */
const takeMessages = (sw: Switch, channel: Channel): void => {
  // An application that runs looks for them, or the thread of a bridge.
  const looks = (): boolean => channel.executions.length > 0 || channel.partner !== undefined
  while (isUp(channel) && !channel.redirect && !channel.locked && looks()) {
    const message = channel.messages.shift()
    if (!message) return
    handle(sw, channel, message)
  }
}

const handle = (sw: Switch, channel: Channel, message: Message): void => {
  // Before there is media, park looks at the queue in another way, which fires no event (`switch_ivr_park`).
  const tell = hasMedia(channel)
  const done = (): void => {
    if (tell) emitPrivateCommand(sw, channel, message)
    if (message.eventLock) channel.locked = false
    if (!isUp(channel)) windDown(sw, channel)
    else if (message.eventLock) takeMessages(sw, channel)
  }
  if (message.eventLock) channel.locked = true
  performMessage(sw, channel, message, done)
}

/** Frames of silence do not count, but no more than twice as many are waited for. */
const leadTime = (sw: Switch, channel: Channel, { leadFrames }: Message): number =>
  leadFrames * TIMING.frame * (heardBy(sw, channel) === 'silence' ? 2 : 1)

/** Does what a message says, now (`switch_ivr_parse_event`). */
export const performMessage = (sw: Switch, channel: Channel, message: Message, done: () => void): void => {
  if (message.command === 'execute' && message.leadFrames > 0 && hasMedia(channel))
    later(sw, leadTime(sw, channel, message), () => executeMessage(sw, channel, message, done))
  else if (message.command === 'execute') executeMessage(sw, channel, message, done)
  else {
    if (message.command === 'hangup') hangup(sw, channel, readCause(message.hangupCause), 'itself')
    else if (message.command === 'xferext') transferToActions(sw, channel, message.actions ?? [])
    done()
  }
}

/**
 * A loop that takes less than half a second ends the loops, and so does a break (`switch_ivr_parse_event`). A file takes a
 * frame less than it is long, for the first one goes out at once: one of half a second ends them.
 */
const SHORTEST_LOOP = 500

const executeMessage = (sw: Switch, channel: Channel, message: Message, done: () => void, pass = 1): void => {
  if (pass === 1) channel.broken = false
  const began = sw.clock.now()
  setOwn(channel, 'current_loop', String(pass))
  setOwn(channel, 'total_loops', String(message.loops))
  runApplication(sw, channel, { app: message.app, arg: message.arg, uuid: message.eventUuid }, () => {
    const again = (message.loops < 0 || pass < message.loops) && !channel.broken
    if (again && isUp(channel) && sw.clock.now() - began > SHORTEST_LOOP) {
      executeMessage(sw, channel, message, done, pass + 1)
      return
    }
    unsetOwn(channel, 'current_loop')
    unsetOwn(channel, 'total_loops')
    done()
  })
}
