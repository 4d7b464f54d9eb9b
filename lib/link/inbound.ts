import debug from 'debug'
import type { Clock } from '../clock.ts'
import { encodeEvent, encodeExit } from '../esl/command.ts'
import type { EslEvent } from '../esl/event.ts'
import { AbortedError, ConnectionLostError } from '../errors.ts'
import { authenticate, type Credentials } from './auth.ts'
import { asPromise, type Send } from './answers.ts'
import { createCommands, type Commands } from './commands.ts'
import { createPump, type Insertion } from './pump.ts'
import { createReplyQueue, type ReplyTaker } from './replies.ts'
import type { Connect, Transport } from './transport.ts'
import { createWatchdog } from './watchdog.ts'

const log = debug('switchix:link')

/** What a connection hands on. */
export interface LinkHandlers {
  /** An event; a function that it returns is called after the flows that the event woke. */
  event(event: EslEvent): (() => void) | undefined
  /** The connection has ended, once: `error` says why where it was not asked for. */
  closed(error: ConnectionLostError | undefined): void
  /** The channel that the connection belongs to is gone; it lingers. Only where the switch opened the connection. */
  lingers?(): void
}

export interface LinkOptions extends Credentials {
  readonly clock: Clock
  /** For the authentication, in ms. Default 10 000. */
  readonly connectTimeout?: number | undefined
  /** For the reply to a command, in ms. Default 30 000. */
  readonly commandTimeout?: number | undefined
  /**
   * The largest frame that is waited for, in bytes: a Content-Length above it ends the connection with a ProtocolError,
   * for its bytes may never come. Default 64 MiB; `show channels` of 50,000 channels is some 30 MB.
   */
  readonly maxFrameBytes?: number | undefined
  /**
   * After so long without a frame (ms), and with no `api` in flight, the connection is taken for dead. Default: never.
   */
  readonly silence?: number | undefined
  /** False where the switch opened the connection: it does not ask for a password then. */
  readonly greeted?: boolean | undefined
}

/** A connection of FreeSWITCH's Event Socket. */
export interface Link extends Commands {
  /** `host:port` */
  readonly peer: string
  readonly open: boolean
  /** Puts these next, before whatever has come and is not looked at yet. */
  insert(insertions: readonly Insertion[]): void
  /** Takes leave (`exit`) and waits for the end of the connection; 2 s at most. */
  exit(): Promise<void>
  /** Ends it at once. */
  destroy(): void
}

const IGNORED: ReplyTaker = { reply: () => false, failed: () => undefined }

/** How long the switch gets to end the connection after `exit` before we do, in ms. */
const EXIT_TIMEOUT = 2000

/** Connects, authenticates, and gives the link. Rejects with ConnectError (UNREACHABLE, AUTH_FAILED, ACL_REJECTED). */
export const openLink = async (
  connect: Connect,
  handlers: LinkHandlers,
  options: LinkOptions,
): Promise<Link> => {
  const { clock, connectTimeout = 10_000, commandTimeout = 30_000 } = options
  const replies = createReplyQueue(clock)
  const greeting = options.greeted === false ? undefined : authenticate(clock, options, connectTimeout)
  const state = { open: true, leaving: false, notice: '', peer: 'the switch' }
  let tellEnded: () => void
  const ended = new Promise<void>((resolve) => (tellEnded = resolve))

  const lost = (what: string, cause?: unknown, sent = false): ConnectionLostError =>
    new ConnectionLostError(what, state.peer, cause ?? (state.notice || undefined), sent)

  const closed = (error?: Error): void => {
    if (!state.open) return
    state.open = false
    const wasIn = greeting?.done ?? true
    greeting?.closed(state.peer, error)
    watchdog?.stop()
    replies.fail((what) => lost(what, error, true))
    tellEnded()
    if (wasIn) handlers.closed(state.leaving ? undefined : lost('listening', error))
  }

  const frame = (type: string, head: string, body: string): boolean => {
    if (greeting?.frame(type, head)) return true
    if (type === 'command/reply' || type === 'api/response') {
      const woke = replies.settle(type, head, body)
      if (woke !== undefined) return woke
      log('%s: a reply to nothing: %s', state.peer, head)
    } else if (type === 'text/disconnect-notice') {
      if (head.includes('\nContent-Disposition: linger')) handlers.lingers?.()
      else state.notice = body.trim()
    } else log('%s: a frame of type %s is not handled', state.peer, type)
    return true
  }

  const broken = (error: Error): void => {
    closed(error)
    transport.destroy()
  }

  const pump = createPump({ event: (event) => handlers.event(event), frame, broken }, options.maxFrameBytes)
  const watchdog =
    options.silence === undefined
      ? undefined
      : createWatchdog(clock, options.silence, {
          probe: () => send('a sign of life', encodeEvent('plain', ['HEARTBEAT']), undefined, IGNORED),
          busy: () => replies.inApi,
          dead: broken,
        })
  const heard =
    <T extends { readonly length: number }>(take: (bytes: T) => void) =>
    (bytes: T): void => {
      take(bytes)
      watchdog?.heard(bytes.length, pump.frames)
    }
  const [data, text] = watchdog ? [heard(pump.data), heard(pump.text)] : [pump.data, pump.text]

  const transport: Transport = await connect({ data, text, close: closed })
  state.peer = transport.peer
  try {
    await greeting?.over(transport)
  } catch (error) {
    state.open = false
    transport.destroy()
    throw error
  }

  const send: Send = (what, encoded, wait, taker) => {
    const { signal } = wait ?? {}
    const hopeless = !state.open
      ? lost(what)
      : signal?.aborted
        ? new AbortedError(what, signal.reason)
        : undefined
    if (hopeless) queueMicrotask(() => taker.failed(hopeless))
    else {
      replies.expect(what, { timeout: wait?.timeout ?? commandTimeout, signal }, taker)
      transport.write(encoded)
    }
  }

  watchdog?.start()

  return {
    ...createCommands(send),
    insert: pump.insert,
    peer: state.peer,
    get open() {
      return state.open
    },
    async exit() {
      if (!state.open) return
      state.leaving = true
      const timer = clock.setTimeout(() => transport.destroy(), EXIT_TIMEOUT)
      await asPromise(send, 'exit', encodeExit(), undefined).catch(() => undefined)
      await ended
      clock.clearTimeout(timer)
    },
    destroy() {
      state.leaving = true
      transport.destroy()
    },
  }
}
