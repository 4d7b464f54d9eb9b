import { connect } from '../../../dist/index.js'
import { channelOf } from '../channel.ts'
import { argument, createTalker, report, turn, usedBytes } from '../in-process.ts'

/** Live sessions, each with the first 8 events of a recorded call in its history: what they take, to what came in. */
const sessions = argument(50_000)
const channel = channelOf(['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_PARK'], (_, place) => place < 8)
const talker = createTalker()
const client = await connect(talker)

const before = usedBytes()
let came = 0
for (let n = 0; n < sessions; n++) {
  const bytes = channel.as(n)
  came += bytes.length
  talker.say(bytes)
  if (n % 100 === 0) await turn()
}
await turn()
const history = client.sessions.map((session) => session.history.length)
if (history.length !== sessions || history.some((length) => length !== channel.events))
  throw new Error(`expected ${sessions} sessions with ${channel.events} events each`)
const taken = usedBytes() - before
report({ sessions, events: channel.events, cameMB: came / 1e6, takenMB: taken / 1e6, ratio: taken / came })
