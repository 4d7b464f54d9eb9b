import { connect, type App } from '../../../dist/index.js'
import { channelOf } from '../channel.ts'
import { argument, createTalker, report, turn } from '../in-process.ts'
import { frame } from '../stream.ts'

/**
 * What a `recv` that waits costs, and its wake-up: events of a session whose flow awaits each of them, against the same
 * events of one with no flow; less what a promise takes that is awaited, and resolved from outside.
 */
const REPEATS = argument(15)
const EVENTS = 10_000
const channel = channelOf(['CHANNEL_CREATE', 'CHANNEL_ANSWER'], (name) => name === 'CHANNEL_CREATE')
const digit = (uuid: string): Buffer =>
  frame(
    'plain',
    `Event-Name: DTMF\nEvent-Date-Timestamp: 1795384435123456\nUnique-ID: ${uuid}\nDTMF-Digit: 5\n\n`,
  )

let received = 0
const app: App = {
  name: 'Bench',
  on: {
    async CHANNEL_CREATE(session) {
      if (session.uuid.startsWith('00000001')) return
      for (;;) {
        await session.recv('DTMF')
        received++
      }
    },
  },
}

const talker = createTalker()
const client = await connect(talker, { apps: [app], onAppError: () => undefined })
const cpu = async (run: () => Promise<void>): Promise<number> => {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return ((user + system) / EVENTS) * 1000
}

/** So many events for channel `n`, all at once: each is looked at once the flow has gone on from the one before. */
const events = async (n: number): Promise<number> => {
  const bytes = Buffer.concat(
    Array.from({ length: EVENTS }, () => digit(`0000000${n}-0000-4000-8000-000000000000`)),
  )
  return cpu(async () => {
    talker.say(bytes)
    await turn()
  })
}

const promises = (): Promise<number> =>
  cpu(async () => {
    let settle: (() => void) | undefined
    const waiting = async (): Promise<void> => {
      for (let i = 0; i < EVENTS; i++) await new Promise<void>((resolve) => (settle = resolve))
    }
    const done = waiting()
    for (let i = 0; i < EVENTS; i++) {
      settle?.()
      await undefined
    }
    await done
  })

talker.say(channel.as(1))
talker.say(channel.as(2))
await turn()
const least = { waited: Infinity, alone: Infinity, promise: Infinity }
for (let i = 0; i < REPEATS; i++) {
  least.alone = Math.min(least.alone, await events(1))
  least.waited = Math.min(least.waited, await events(2))
  least.promise = Math.min(least.promise, await promises())
}
if (received !== REPEATS * EVENTS) throw new Error(`expected ${REPEATS * EVENTS} events, got ${received}`)
report({ ...least, ownNs: least.waited - least.alone - least.promise, sessions: client.countSessions() })
