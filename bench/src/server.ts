import { createServer, type Socket } from 'node:net'
import { block, recordedEvents, type Format } from './stream.ts'

/**
 * A switch that only talks: takes any password, answers every command with +OK, and once a command has `noevents` in it
 * sends the stream, and a HEARTBEAT behind it: `rounds` times the recorded events. With `paced`, so many frames a second, head and body in segments of
 * their own, as FreeSWITCH sends.
 */
const [, , format, rounds, paced] = process.argv as [string, string, Format, string, string]

const events = recordedEvents()
const blocks = Array.from({ length: Number(rounds) }, (_, round) => block(events, format, round))
const last = 'Event-Name: HEARTBEAT\n\n'
blocks.push([Buffer.from(`Content-Length: ${last.length}\nContent-Type: text/event-plain\n\n${last}`)])

const flood = (socket: Socket): void => {
  let next = 0
  const more = (): void => {
    while (next < blocks.length) {
      const bytes = Buffer.concat(blocks[next++] ?? [])
      if (!socket.write(bytes)) {
        socket.once('drain', more)
        return
      }
    }
  }
  more()
}

const pace = (socket: Socket, perSecond: number): void => {
  const frames = blocks.flat()
  const started = performance.now()
  let sent = 0
  const tick = (): void => {
    const due = Math.min(frames.length, Math.floor(((performance.now() - started) / 1000) * perSecond))
    for (; sent < due; sent++) {
      const frame = frames[sent] ?? Buffer.alloc(0)
      const end = frame.indexOf('\n\n') + 2
      socket.write(frame.subarray(0, end))
      socket.write(frame.subarray(end))
    }
    if (sent < frames.length) setTimeout(tick, 1)
  }
  tick()
}

const answer = (socket: Socket, command: string): void => {
  if (command.startsWith('api ')) socket.write('Content-Type: api/response\nContent-Length: 3\n\n+OK')
  else
    socket.write(
      `Content-Type: command/reply\nReply-Text: ${command.startsWith('auth') ? '+OK accepted' : '+OK'}\n\n`,
    )
  if (!command.includes('noevents')) return
  // The stream begins a little later, so that the client's clock for it starts with nothing under way.
  setTimeout(() => (Number(paced) > 0 ? pace(socket, Number(paced)) : flood(socket)), 50)
}

const server = createServer((socket) => {
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  socket.write('Content-Type: auth/request\n\n')
  let text = ''
  socket.on('data', (chunk) => {
    const commands = (text + chunk.toString('latin1')).split('\n\n')
    text = commands.pop() ?? ''
    for (const command of commands) answer(socket, command.trim())
  })
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({
    port: typeof address === 'object' ? address?.port : 0,
    count: events.length * Number(rounds),
  })
})
