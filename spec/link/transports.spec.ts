import { createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { memory } from '../../lib/link/memory.ts'
import { tcp } from '../../lib/link/tcp.ts'
import type { Transport, TransportHandlers } from '../../lib/link/transport.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'

/** Handlers that note what comes, and the end. */
const noting = () => {
  const seen: string[] = []
  let tell: () => void
  const ended = new Promise<void>((resolve) => (tell = resolve))
  const handlers: TransportHandlers = {
    data: (chunk) => void seen.push(chunk.toString()),
    close(error) {
      seen.push(error ? error.message : 'closed')
      tell()
    },
  }
  return { seen, handlers, ended }
}

/** Both ends of a connection in memory. */
const pair = async () => {
  const clock = virtualClock()
  const [client, server] = [noting(), noting()]
  let there: Transport | undefined
  const connect = memory(clock, (transport) => ((there = transport), server.handlers), 'peer')
  const here = await connect(client.handlers)
  return { clock, here, there: there as Transport, client: client.seen, server: server.seen }
}

describe('a connection in memory', () => {
  it('carries bytes both ways, in order, each write in a turn of its own', async () => {
    const { clock, here, there, client, server } = await pair()
    here.write('a')
    here.write('ü')
    there.write('c')
    expect([client, server]).toEqual([[], []])
    await clock.run()
    expect([client, server]).toEqual([['c'], ['a', 'ü']])
    expect(here.peer).toBe('peer')
  })

  it('spares who takes text the copying, one character a byte', async () => {
    const clock = virtualClock()
    const seen: string[] = []
    let there: Transport | undefined
    const connect = memory(clock, (transport) => ((there = transport), noting().handlers))
    await connect({ ...noting().handlers, text: (bytes) => void seen.push(bytes) })
    there?.write('ü')
    there?.writeLatin1?.('\xff')
    await clock.run()
    expect(seen).toEqual(['\xc3\xbc', '\xff'])
  })

  it('ends for both, once, after what was written before', async () => {
    const { clock, here, there, client, server } = await pair()
    here.write('last')
    here.end()
    await clock.run()
    here.write('too late')
    there.destroy()
    await clock.run()
    expect([client, server]).toEqual([['closed'], ['last', 'closed']])
  })
})

describe('a connection by TCP', () => {
  const served = async (talk: (socket: Socket) => void) => {
    const server = createServer(talk)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return { server, port: (server.address() as AddressInfo).port }
  }

  it('carries all that a busy switch sends, in order, and what it is told meanwhile', async () => {
    const heard: string[] = []
    const pieces = Array.from({ length: 50 }, (_, i) => String(i).padStart(32 * 1024, ' '))
    const { server, port } = await served((socket) => {
      socket.on('data', (chunk) => void heard.push(String(chunk)))
      const left = pieces.values()
      const timer = setInterval(() => {
        const { value, done } = left.next()
        if (!done) socket.write(value)
        else {
          clearInterval(timer)
          socket.end()
        }
      }, 4)
    })
    const { seen, handlers, ended } = noting()
    const transport = await tcp('127.0.0.1', port, 5000)(handlers)
    const told = setInterval(() => {
      transport.write('a')
      transport.write('b')
    }, 5)
    server.close()
    await Promise.all([ended, once(server, 'close')])
    clearInterval(told)
    expect(seen.pop()).toBe('closed')
    expect(seen.join('') === pieces.join('')).toBe(true)
    expect(heard.length).toBeGreaterThan(1)
    expect(heard.join('')).toMatch(/^(ab)+$/)
  })

  it('sends what is written in one turn in one piece, before its end', async () => {
    const chunks: string[] = []
    const { server, port } = await served((socket) =>
      socket.on('data', (chunk) => void chunks.push(String(chunk))),
    )
    const { seen, handlers, ended } = noting()
    const transport = await tcp('127.0.0.1', port, 5000)(handlers)
    for (let i = 0; i < 100; i++) transport.write(`${i},`)
    transport.end()
    server.close()
    await Promise.all([ended, once(server, 'close')])
    expect([chunks.length, chunks.join('').endsWith('99,'), seen]).toEqual([1, true, ['closed']])
    transport.write('after the end: nothing')
  })

  it('reads more than its buffer holds', async () => {
    const { server, port } = await served((socket) => socket.end(Buffer.alloc(300_000, 'x')))
    const { seen, handlers, ended } = noting()
    await tcp('127.0.0.1', port, 5000)(handlers)
    server.close()
    await Promise.all([ended, once(server, 'close')])
    expect([seen.join('').length, seen.at(-1)]).toEqual([300_006, 'closed'])
  })
})
