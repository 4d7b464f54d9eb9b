import { connect, type Socket } from 'node:net'
import { ConnectError } from '../errors.ts'
import { readRoom } from '../esl/in-memory.ts'
import { bytesOf } from '../esl/percent.ts'
import type { Connect, Transport, TransportHandlers } from './transport.ts'

const READ_BUFFER = 64 * 1024

/**
 * All sockets read into one buffer, which the events are searched in afterwards: what was read is taken before the next
 * read. Windows reads ahead, so each needs its own there.
 */
const sharedBuffer = process.platform === 'win32' ? undefined : readRoom()

/** Writes of one turn go out together: the switch reads slowly, but a system call costs us. */
const batchedWriter = (socket: Socket): ((bytes: string) => void) => {
  let batch = ''
  const flush = (): void => {
    const bytes = batch
    batch = ''
    if (socket.writable) socket.write(bytes, 'latin1')
  }
  return (bytes) => {
    if (batch === '') queueMicrotask(flush)
    batch += bytes
  }
}

/** A connected socket as a transport; `data` and `close` are the caller's to listen to. */
export const socketTransport = (socket: Socket, peer: string): Transport => {
  const writeLatin1 = batchedWriter(socket)
  return {
    peer,
    write: (text) => writeLatin1(bytesOf(text)),
    writeLatin1,
    end: () => queueMicrotask(() => socket.end()),
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

/** Connects over TCP; reads go into one buffer that is used again and again. `timeout` in milliseconds. */
export const tcp =
  (host: string, port: number, timeout: number): Connect =>
  (handlers: TransportHandlers) =>
    new Promise((resolve, reject) => {
      const peer = `${host}:${port}`
      const onread = {
        buffer: sharedBuffer ?? Buffer.allocUnsafeSlow(READ_BUFFER),
        callback: (size: number, buffer: Uint8Array) => {
          handlers.data((buffer as Buffer).subarray(0, size))
          return true
        },
      }
      const socket = connect({ host, port, noDelay: true, keepAlive: true, onread })
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
        resolve(socketTransport(socket, peer))
      })
      socket.on('close', () => {
        clearTimeout(timer)
        if (opened) handlers.close(failure)
        else reject(unreachable(peer, failure ?? new Error('the connection was closed')))
      })
    })
