import type { TimerHandle } from '../../clock.ts'
import { bytesOf, utf8 } from '../../esl/percent.ts'
import type { Transport } from '../../link/transport.ts'
import { decode } from '../events/encode.ts'
import type { ControlledSession } from './controlled-session.ts'
import { passes, type Filter } from './filter.ts'
import type { Subscription } from './subscription.ts'

/** One connection to the embedded switch, and what it has asked for. */
export interface Listener {
  readonly transport: Transport
  authenticated: boolean
  format: 'plain' | 'json' | 'xml'
  subscription: Subscription
  filters: Filter[]
  logLevel: number | undefined
  /** The session that it controls: the switch opened it for that one, or `myevents <uuid>` asked for it. */
  session: ControlledSession | undefined
  /** Of what it listens to, it gets only what is about its session. */
  myEvents: boolean
  /** Whether the switch has opened it, and what it may do then: everything, or only what is about its session. */
  readonly outbound: 'full' | 'single-channel' | undefined
  /** Its first command, which an outbound one gets no reply to, has to come in time. */
  first: TimerHandle | undefined
  silent: boolean
  /** While a command runs that takes its time, events wait: they go out after its reply. */
  busy: boolean
  waitingEvents: string
  /** What is to be sent at the end of the turn, one character a byte. */
  batch: string
  closed: boolean
}

export const createListener = (transport: Transport, outbound?: 'full' | 'single-channel'): Listener => ({
  transport,
  authenticated: outbound !== undefined,
  format: 'plain',
  subscription: { all: false, names: new Set(), subclasses: new Set(), listening: false },
  filters: [],
  logLevel: undefined,
  session: undefined,
  myEvents: false,
  outbound,
  first: undefined,
  silent: false,
  busy: false,
  waitingEvents: '',
  batch: '',
  closed: false,
})

const flush = (listener: Listener): void => {
  const { batch } = listener
  listener.batch = ''
  const { transport } = listener
  if (batch === '') return
  if (transport.writeLatin1) transport.writeLatin1(batch)
  else transport.write(utf8(batch))
}

const sendBytes = (listener: Listener, bytes: string): void => {
  if (listener.closed) return
  if (listener.batch === '') queueMicrotask(() => flush(listener))
  listener.batch += bytes
}

/** Sends at the end of the turn, with everything else that the turn had to say. */
export const sendText = (listener: Listener, text: string): void => sendBytes(listener, bytesOf(text))

/** Sends an event, one character a byte, or keeps it until the api command that runs has answered. */
export const sendEvent = (listener: Listener, frame: string): void => {
  if (listener.busy) listener.waitingEvents += frame
  else sendBytes(listener, frame)
}

/** Ends the time in which events waited. */
export const releaseEvents = (listener: Listener): void => {
  listener.busy = false
  const { waitingEvents } = listener
  listener.waitingEvents = ''
  if (waitingEvents !== '') sendBytes(listener, waitingEvents)
}

/** Sends what is pending, then ends the connection. */
export const closeListener = (listener: Listener): void => {
  if (listener.closed) return
  flush(listener)
  listener.closed = true
  listener.transport.end()
}

/** The value of a header in the text of an event, decoded. */
const valueIn = (headers: string, name: string): string | undefined => {
  const needle = `\n${name}: `
  const text = `\n${headers}`
  const at = text.toLowerCase().indexOf(needle.toLowerCase())
  if (at < 0) return undefined
  const from = at + needle.length
  const end = text.indexOf('\n', from)
  return decode(text.slice(from, end < 0 ? undefined : end))
}

/** Whether an event is about the session that a listener controls; one that found none gets those of all sessions. */
const isOwn = ({ session }: Listener, headers: string): boolean => {
  const uuid = valueIn(headers, 'Unique-ID')
  if (!session) return uuid !== undefined
  return uuid === session.channel.uuid || valueIn(headers, 'Job-Owner-UUID') === session.channel.uuid
}

/**
 * Whether an event, whose name the listener has asked for, gets to it: its subclass and its filters decide, and whose it
 * is (`event_handler` in `mod_event_socket.c`).
 */
export const wantsEvent = (listener: Listener, name: string, headers: string): boolean => {
  const { subscription, filters } = listener
  if (name === 'CUSTOM' && !subscription.all) {
    const subclass = valueIn(headers, 'Event-Subclass')
    if (subclass !== undefined && !subscription.subclasses.has(subclass)) return false
  }
  if (filters.length > 0 && !passes(filters, (header) => valueIn(headers, header))) return false
  return !listener.myEvents || isOwn(listener, headers)
}
