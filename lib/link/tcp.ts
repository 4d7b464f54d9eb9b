import { connect, type Socket } from 'node:net'
import { ConnectError } from '../errors.ts'
import { readRoom } from '../esl/in-memory.ts'
import { bytesOf } from '../esl/percent.ts'
import { createPace, PAUSE, type Pace } from './pace.ts'
import type { Connect, Transport, TransportHandlers } from './transport.ts'

const READ_BUFFER = 64 * 1024

/** After so long without a byte (ms) the system asks whether the other machine is there; Node asks ten times, each second. */
export const KEEP_ALIVE_DELAY_MS = 30_000

/**
 * All sockets read into one buffer, which the events are searched in afterwards: what was read is taken before the next
 * read. Windows reads ahead, so each needs its own there.
 */
const sharedBuffer = process.platform === 'win32' ? undefined : readRoom()

interface Writer {
  write(bytes: string): void
  flush(): void
}

/**
 * Writes of one turn go out together: the switch reads slowly, but a system call costs us. Where the connection is busy,
 * so do those of all the turns that what was read sets off.
 */
const batchedWriter = (socket: Socket, pace: Pace | undefined): Writer => {
  let batch = ''
  const flush = (): void => {
    const bytes = batch
    batch = ''
    if (bytes !== '' && socket.writable) socket.write(bytes, 'latin1')
  }
  return {
    write(bytes) {
      if (batch === '') {
        if (pace?.busy) setImmediate(flush)
        else queueMicrotask(flush)
      }
      batch += bytes
    },
    flush,
  }
}

/** A connected socket as a transport; `data` and `close` are the caller's to listen to. */
export const socketTransport = (socket: Socket, peer: string, pace?: Pace): Transport => {
  const { write, flush } = batchedWriter(socket, pace)
  return {
    peer,
    write: (text) => write(bytesOf(text)),
    writeLatin1: write,
    end: () =>
      queueMicrotask(() => {
        flush()
        socket.end()
      }),
    destroy: () => socket.destroy(),
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'the connection was refused; is FreeSWITCH running, and is mod_event_socket listening on that port?',
  ENOTFOUND: 'the host name is unknown; check its spelling',
  EAI_AGAIN: 'the host name could not be looked up; check its spelling and the name service',
  ETIMEDOUT: 'nothing answered; check the address and the firewall',
  EHOSTUNREACH: 'there is no route to that host; check the address',
  ENETUNREACH: 'there is no route to that network; check the address',
}

const unreachable = (peer: string, error: NodeJS.ErrnoException): ConnectError =>
  new ConnectError(
    'UNREACHABLE',
    peer,
    `cannot connect to ${peer}: ${REASONS[error.code ?? ''] ?? error.message}`,
    error,
  )

/**
 * Connects over TCP; reads go into one buffer that is used again and again, and where the switch is busy there is a pause
 * after each that read all that there was: see `PAUSE`. `timeout` in milliseconds.
 */
export const tcp =
  (host: string, port: number, timeout: number): Connect =>
  (handlers: TransportHandlers) =>
    new Promise((resolve, reject) => {
      const peer = `${host}:${port}`
      const pace = createPace()
      const onread = {
        buffer: sharedBuffer ?? Buffer.allocUnsafeSlow(READ_BUFFER),
        callback: (size: number, buffer: Uint8Array) => {
          handlers.data((buffer as Buffer).subarray(0, size))
          // What fills the buffer is not all that there was.
          if (!pace.note(size, performance.now()) || size === buffer.length) return true
          setTimeout(() => socket.resume(), PAUSE)
          return false
        },
      }
      const socket = connect({
        host,
        port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE_DELAY_MS,
        onread,
      })
      let opened = false
      let failure: Error | undefined
      const timer = setTimeout(
        () => socket.destroy(Object.assign(new Error('connect timed out'), { code: 'ETIMEDOUT' })),
        timeout,
      )
      socket.on('error', (error) => (failure = error))
      socket.on('connect', () => {
        clearTimeout(timer)
        opened = true
        resolve(socketTransport(socket, peer, pace))
      })
      socket.on('close', () => {
        clearTimeout(timer)
        if (opened) handlers.close(failure)
        else reject(unreachable(peer, failure ?? new Error('the connection was closed')))
      })
    })
