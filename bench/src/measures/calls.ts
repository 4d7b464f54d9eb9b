import { connect, type App } from '../../../dist/index.js'
import { channelOf } from '../channel.ts'
import { argument, createTalker, report, turn, usedBytes } from '../in-process.ts'

/** Calls one after another, each with a flow that waits for its answer and its end: what is left of them. */
const calls = argument(500_000)
const NAMES = [
  'CHANNEL_CREATE',
  'CHANNEL_ANSWER',
  'CHANNEL_HANGUP',
  'CHANNEL_HANGUP_COMPLETE',
  'CHANNEL_DESTROY',
]
const channel = channelOf(NAMES, (name) => NAMES.includes(name))

let flows = 0
const app: App = {
  name: 'Bench',
  on: {
    async CHANNEL_CREATE(session) {
      flows++
      await session.recv('CHANNEL_ANSWER', { timeout: 60_000 })
      await session.recv('CHANNEL_HANGUP_COMPLETE')
      flows--
    },
  },
}

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

const talker = createTalker()
const client = await connect(talker, { apps: [app] })
const timersBefore = timers()
const heap: number[] = []
const started = process.cpuUsage()
for (let n = 0; n < calls; n++) {
  talker.say(channel.as(n))
  if (n % 20 === 0) await turn()
  if (n % Math.ceil(calls / 10) === Math.ceil(calls / 10) - 1) {
    await turn()
    heap.push(usedBytes() / 1e6)
  }
}
await turn()
const { user, system } = process.cpuUsage(started)
report({
  calls,
  seen: client.counts.sessions,
  cpuUsPerCall: (user + system) / calls,
  heapMB: heap,
  sessionsLeft: client.countSessions(),
  callsLeft: client.countCalls(),
  flowsLeft: flows,
  timersLeft: timers() - timersBefore,
})
