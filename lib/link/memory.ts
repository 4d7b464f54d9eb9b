import type { Clock } from '../clock.ts'
import { bytesOf } from '../esl/percent.ts'
import type { Connect, Transport, TransportHandlers } from './transport.ts'

/** A server in the same process: takes its end of a new connection, gives the handlers for what comes on it. */
export type Accept = (transport: Transport) => TransportHandlers

/**
 * A connection without a network, for virtual time: bytes arrive in order, each write in a turn of its own on the clock,
 * as they would from a socket.
 */
export const memory =
  (clock: Clock, accept: Accept, peer = 'memory'): Connect =>
  (clientSide) => {
    const ends: { handlers: TransportHandlers | undefined; closed: boolean }[] = [
      { handlers: clientSide, closed: false },
      { handlers: undefined, closed: false },
    ]
    let open = true
    let ended = false

    const close = (): void => {
      if (!open) return
      open = false
      for (const end of ends) clock.setTimeout(() => end.handlers?.close(), 0)
    }

    /** An end that listens for it may have last words; the connection is over when it ends too. */
    const sayEnd = (other: number): void => {
      const end = ends[other]
      if (!open || !end) return
      if (ended || !end.handlers?.end) close()
      else {
        ended = true
        end.handlers.end()
      }
    }

    const arrive = (handlers: TransportHandlers | undefined, bytes: string): void => {
      if (handlers?.text) handlers.text(bytes)
      else handlers?.data(Buffer.from(bytes, 'latin1'))
    }

    const send = (other: number, bytes: string): void => {
      if (open) clock.setTimeout(() => arrive(ends[other]?.handlers, bytes), 0)
    }

    const transportTo = (other: number): Transport => ({
      peer,
      write: (text) => send(other, bytesOf(text)),
      writeLatin1: (bytes) => send(other, bytes),
      end: () => clock.setTimeout(() => sayEnd(other), 0),
      destroy: close,
    })

    const server = ends[1]
    if (server) server.handlers = accept(transportTo(0))
    return Promise.resolve(transportTo(1))
  }
