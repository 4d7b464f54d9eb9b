import { createServer, type Socket } from 'node:net'
import { bytesOf } from '../../esl/percent.ts'
import type { Accept } from '../../link/memory.ts'
import { listenOn, peerOf } from '../../link/tcp-server.ts'
import type { Transport } from '../../link/transport.ts'

export interface Server {
  readonly port: number
  /** Stops listening and ends every connection; resolves when nothing is open any more. */
  close(): Promise<void>
}

/**
 * A socket as a transport. What is written while the event loop takes a turn goes out at its end: a switch at work has
 * something to say in many small turns, and each write is a system call.
 */
const socketTransport = (socket: Socket, peer: string): Transport => {
  let batch = ''
  const flush = (): void => {
    const bytes = batch
    batch = ''
    if (bytes !== '' && socket.writable) socket.write(bytes, 'latin1')
  }
  const writeLatin1 = (bytes: string): void => {
    if (batch === '') setImmediate(flush)
    batch += bytes
  }
  return {
    peer,
    write: (text) => writeLatin1(bytesOf(text)),
    writeLatin1,
    end() {
      flush()
      socket.end()
    },
    destroy: () => socket.destroy(),
  }
}

/** How long a connection may take to end by itself once the server closes, in milliseconds. */
const LAST_WORDS = 200

const handle = (accept: Accept, socket: Socket): void => {
  socket.setNoDelay(true)
  const handlers = accept(socketTransport(socket, peerOf(socket)))
  let failure: Error | undefined
  socket.on('error', (error) => (failure = error))
  socket.on('data', (chunk) => handlers.data(chunk))
  socket.on('end', () => (handlers.end ? handlers.end() : socket.end()))
  socket.on('close', () => handlers.close(failure))
}

/** Listens on TCP. Rejects with ConnectError (UNREACHABLE) when the address cannot be had. */
export const listen = async (accept: Accept, host: string, port: number): Promise<Server> => {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    handle(accept, socket)
  })
  const close = (): Promise<void> =>
    new Promise((closed) => {
      const force = setTimeout(() => sockets.forEach((socket) => socket.destroy()), LAST_WORDS)
      server.close(() => {
        clearTimeout(force)
        closed()
      })
    })
  return { port: await listenOn(server, host, port), close }
}
