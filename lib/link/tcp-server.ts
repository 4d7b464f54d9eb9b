import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net'
import { ConnectError } from '../errors.ts'
import type { Accept } from './memory.ts'
import { KEEP_ALIVE_DELAY_MS, socketTransport } from './tcp.ts'

/** Something that FreeSWITCH connects to. */
export interface Server {
  readonly port: number
  /** Takes no more connections; those that are open go on. */
  close(): void
}

/** Opens a server; by TCP, or in memory. */
export type OpenServer = (accept: Accept) => Promise<Server>

/** Who is at the other end, `host:port`. */
export const peerOf = ({ remoteAddress = '', remotePort = 0 }: Socket): string =>
  `${remoteAddress}:${remotePort}`

/** Resolves with the port once the server listens. Rejects with ConnectError (UNREACHABLE). */
export const listenOn = (server: NetServer, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
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
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })

/** Listens on TCP. Rejects with ConnectError (UNREACHABLE) where the address cannot be had. */
export const tcpServer =
  (host: string, port: number): OpenServer =>
  async (accept) => {
    const server = createServer(
      { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_DELAY_MS },
      (socket) => {
        let failure: Error | undefined
        const { data, close } = accept(socketTransport(socket, peerOf(socket)))
        socket.on('data', data)
        socket.on('error', (error) => (failure = error))
        socket.on('close', () => close(failure))
      },
    )
    return { port: await listenOn(server, host, port), close: () => void server.close() }
  }
