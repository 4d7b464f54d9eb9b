import { createServer, type Socket } from 'node:net'
import { block, passOf, recordedEvents, type Format } from './stream.ts'

/**
 * A switch that only talks: takes any password, answers every command with +OK, and once a command has `noevents` in it
 * sends the stream, and a HEARTBEAT behind it: `rounds` times the recorded events. With `paced`, so many frames a second, head and body in segments of
 * their own, as FreeSWITCH sends.
 */
const [, , format, rounds, paced] = process.argv as [string, string, Format, string, string]

const events = recordedEvents()
const heartbeat = 'Event-Name: HEARTBEAT\n\n'
const last = Buffer.from(
  `Content-Length: ${heartbeat.length}\nContent-Type: text/event-plain\n\n${heartbeat}`,
)

/** This many rounds are kept, to be sent again as others. */
const passes = Array.from({ length: Math.min(Number(rounds), 24) }, () => passOf(block(events, format, 0)))

const flood = (socket: Socket): void => {
  let round = 0
  const more = (): void => {
    const pass = passes[round % passes.length]
    if (round < Number(rounds) && pass) socket.write(pass.as(round++), more)
    else if (round++ === Number(rounds)) socket.write(last)
  }
  // Two at a time, so that the client never waits for more; what is written is used again much later.
  more()
  more()
}

const pace = (socket: Socket, perSecond: number): void => {
  const frames = [
    ...Array.from({ length: Number(rounds) }, (_, round) => block(events, format, round)).flat(),
    last,
  ]
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
