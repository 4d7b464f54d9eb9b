import { createServer, type AddressInfo } from 'node:net'
import { ConnectError } from '../errors.ts'
import type { Accept } from './memory.ts'
import { socketTransport } from './tcp.ts'

/** Something that FreeSWITCH connects to. */
export interface Server {
  readonly port: number
  /** Takes no more connections; those that are open go on. */
  close(): void
}

/** Opens a server; by TCP, or in memory. */
export type OpenServer = (accept: Accept) => Promise<Server>

/** Listens on TCP. Rejects with ConnectError (UNREACHABLE) where the address cannot be had. */
export const tcpServer =
  (host: string, port: number): OpenServer =>
  (accept) =>
    new Promise((resolve, reject) => {
      const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
        const peer = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`
        let failure: Error | undefined
        const { data, close } = accept(socketTransport(socket, peer))
        socket.on('data', data)
        socket.on('error', (error) => (failure = error))
        socket.on('close', () => close(failure))
      })
      server.on('error', (error) =>
        reject(
          new ConnectError(
            'UNREACHABLE',
            `${host}:${port}`,
            `cannot listen on ${host}:${port}: ${error.message}`,
            error,
          ),
        ),
      )
      server.listen(port, host, () => {
        resolve({ port: (server.address() as AddressInfo).port, close: () => void server.close() })
      })
    })
