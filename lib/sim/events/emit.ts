import { bytesOf } from '../../esl/percent.ts'
import type { Channel } from '../channel/channel.ts'
import { channelText } from './channel-text.ts'
import { eventHead } from './event-head.ts'
import { asSent, isMendable } from './encode.ts'
import { toJson, toXml } from './event-formats.ts'
import type { Kind } from './kinds.ts'
import { logCall } from './call-log.ts'
import { NOTICE } from './log.ts'
import { sendEvent, wantsEvent, type Listener } from '../socket/listener.ts'
import type { Switch } from '../core/switch.ts'
import { variablesText } from '../channel/variables.ts'

/** Takes the next event number. An event whose number was taken early goes out later with a lower one than its neighbours. */
export const nextSequence = (sw: Switch): number => ++sw.sequence

const frame = (format: string, text: string, length: number): string =>
  `Content-Length: ${length}\nContent-Type: text/event-${format}\n\n${text}`

const framed = (format: string, text: string): string => {
  const bytes = bytesOf(text)
  return frame(format, bytes, bytes.length)
}

/** An event on its way: `plainly` when nothing in its headers has to be looked for, so that their length is known. */
interface Outgoing {
  readonly name: string
  readonly headers: string
  readonly body: string
  readonly plainly: boolean
}

const plainFrame = ({ headers, body, plainly }: Outgoing): string => {
  if (plainly) return frame('plain', `${headers}\n\n`, headers.length + 2)
  const sent = asSent(headers)
  return framed(
    'plain',
    body === '' ? `${sent}\n\n` : `${sent}\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`,
  )
}

/** Writes an event once for each format, and gives it to everybody who wants it. */
const deliver = (listeners: readonly Listener[], event: Outgoing): void => {
  const { name, headers, body } = event
  let plain: string | undefined
  let json: string | undefined
  let xml: string | undefined
  for (const listener of listeners) {
    if (!wantsEvent(listener, name, headers)) continue
    if (listener.format === 'plain') sendEvent(listener, (plain ??= plainFrame(event)))
    else if (listener.format === 'json') sendEvent(listener, (json ??= framed('json', toJson(headers, body))))
    else sendEvent(listener, (xml ??= framed('xml', toXml(headers, body))))
  }
}

/** Fires an event that is about no channel. `rest` are its headers, each with its newline in front. */
export const emitGeneral = (
  sw: Switch,
  kind: Kind,
  rest: string,
  body = '',
  sequence = nextSequence(sw),
): void => {
  const listeners = sw.wanting.get(kind.name)
  if (!listeners) return
  const headers = eventHead(sw, kind, sequence) + rest
  deliver(listeners, { name: kind.name, headers, body, plainly: false })
}

/**
 * Fires an event of a channel; `before` and `after` are the headers in front of those of the channel, and behind them.
 * Nothing is written when nobody wants it; its number is used up all the same.
 */
export const emit = (
  sw: Switch,
  kind: Kind,
  channel: Channel,
  before = '',
  after = '',
  body = '',
  sequence = nextSequence(sw),
): void => {
  if (sw.logLevel >= NOTICE) logCall(sw, kind, channel, before)
  const listeners = sw.wanting.get(kind.name)
  if (!listeners) return
  const text = eventHead(sw, kind, sequence) + before + channelText(channel)
  const headers =
    (kind.variables || sw.verbose || channel.verbose ? text + variablesText(channel) : text) + after
  const plainly = body === '' && !channel.literal && !channel.wide && !isMendable(after)
  deliver(listeners, { name: kind.name, headers, body, plainly })
}

/** Fires an event that a client has made: its own headers come in front even of Event-Name. */
export const emitSent = (sw: Switch, kind: Kind, own: string, body: string): void => {
  const sequence = nextSequence(sw)
  const listeners = sw.wanting.get(kind.name)
  if (!listeners) return
  const headers = `${own.slice(1)}\n${eventHead(sw, kind, sequence)}`
  deliver(listeners, { name: kind.name, headers, body, plainly: false })
}

/**
 * A parked channel fires an event that was sent to it as its own: with its headers, but none that say what it is and
 * where it comes from, for nobody has put them there (`switch_ivr_park`).
 */
export const emitOfSession = (
  sw: Switch,
  { name, variables }: Kind,
  channel: Channel,
  own: string,
  body: string,
): void => {
  const listeners = sw.wanting.get(name)
  if (!listeners) return
  const text = own + channelText(channel) + (variables ? variablesText(channel) : '')
  deliver(listeners, { name, headers: text.slice(1), body, plainly: false })
}

/** Gives one listener an event that nobody else gets, as it is. */
export const emitTo = (listener: Listener, headers: string, body: string): void =>
  deliver([listener], { name: '', headers, body, plainly: false })

/** Fires an event that was something else before: its headers come in front even of Event-Name. */
export const emitWithHeaders = (
  sw: Switch,
  kind: Kind,
  channel: Channel,
  first: string,
  name: string,
): void => {
  const sequence = nextSequence(sw)
  const listeners = sw.wanting.get(name)
  if (!listeners) return
  const text = `${first.slice(1)}\n${eventHead(sw, kind, sequence)}${channelText(channel)}${channel.verbose ? variablesText(channel) : ''}`
  deliver(listeners, { name, headers: text, body: '', plainly: false })
}

/** Fires an event of a channel that an application has made: its own headers come before those of the channel. */
export const emitMade = (sw: Switch, kind: Kind, channel: Channel, own: string): void => {
  const sequence = nextSequence(sw)
  const listeners = sw.wanting.get(kind.name)
  if (!listeners) return
  const head = eventHead(sw, kind, sequence)
  const text = (kind.first === '' ? head.slice(1) : head) + own + channelText(channel)
  const headers = kind.variables || sw.verbose || channel.verbose ? text + variablesText(channel) : text
  deliver(listeners, { name: kind.name, headers, body: '', plainly: false })
}

/** Whether anybody is told of such an event, be it by the log. */
export const isTold = (sw: Switch, kind: Kind): boolean => sw.wanting.has(kind.name) || sw.logLevel >= NOTICE

/** Whether anybody would get such an event: for those that are costly to put together. */
export const isWanted = (sw: Switch, kind: Kind): boolean => sw.wanting.has(kind.name)

/** Fires parameters as if they were an event: there is nothing in it but they, and only those who want all get it. */
export const emitNameless = (sw: Switch, headers: string): void => {
  const listeners = sw.wanting.get('REQUEST_PARAMS')
  if (listeners)
    deliver(listeners, { name: 'REQUEST_PARAMS', headers: headers.slice(1), body: '', plainly: false })
}
