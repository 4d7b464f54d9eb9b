import type { Channel } from './channel.ts'
import { channelText } from './channel-text.ts'
import { eventHead } from './event-head.ts'
import { asSent } from './encode.ts'
import { toJson, toXml } from './event-formats.ts'
import type { Kind } from './kinds.ts'
import { sendEvent, wantsEvent, type Listener } from './listener.ts'
import type { Switch } from './switch.ts'

/** Takes the next event number. An event whose number was taken early goes out later with a lower one than its neighbours. */
export const nextSequence = (sw: Switch): number => ++sw.sequence

const frame = (format: string, text: string): string =>
  `Content-Length: ${Buffer.byteLength(text)}\nContent-Type: text/event-${format}\n\n${text}`

const plainFrame = (headers: string, body: string): string => {
  const sent = asSent(headers)
  if (body === '') return frame('plain', `${sent}\n\n`)
  return frame('plain', `${sent}\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`)
}

/** Writes an event once for each format, and gives it to everybody who wants it. */
const deliver = (
  sw: Switch,
  listeners: readonly Listener[],
  name: string,
  headers: string,
  body: string,
): void => {
  let plain: string | undefined
  let json: string | undefined
  let xml: string | undefined
  for (const listener of listeners) {
    if (!wantsEvent(listener, name, headers)) continue
    if (listener.format === 'plain') sendEvent(listener, (plain ??= plainFrame(headers, body)))
    else if (listener.format === 'json') sendEvent(listener, (json ??= frame('json', toJson(headers, body))))
    else sendEvent(listener, (xml ??= frame('xml', toXml(headers, body))))
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
  if (listeners) deliver(sw, listeners, kind.name, eventHead(sw, kind, sequence) + rest, body)
}

/**
 * Fires an event of a channel; `before` and `after` are the headers in front of those of the channel, and behind them.
 * Nothing is written when nobody wants it; its number is used up all the same.
 */
export const emit = (sw: Switch, kind: Kind, channel: Channel, before = '', after = ''): void => {
  const sequence = nextSequence(sw)
  const listeners = sw.wanting.get(kind.name)
  if (!listeners) return
  const text = eventHead(sw, kind, sequence) + before + channelText(channel)
  deliver(sw, listeners, kind.name, (kind.variables ? text + channel.variables : text) + after, '')
}

/** Fires an event that was something else before: its headers come in front even of Event-Name. */
export const emitWithHeaders = (sw: Switch, kind: Kind, channel: Channel, first: string): void => {
  const sequence = nextSequence(sw)
  const listeners = sw.wanting.get(kind.name)
  if (!listeners) return
  const text = `${first.slice(1)}\n${eventHead(sw, kind, sequence)}${channelText(channel)}`
  deliver(sw, listeners, kind.name, text, '')
}

/** Whether anybody would get such an event: for those that are costly to put together. */
export const isWanted = (sw: Switch, kind: Kind): boolean => sw.wanting.has(kind.name)
