import { once } from 'node:events'
import { connect } from '../../../dist/index.js'
import { runLoad } from './load.ts'

/** The dialer in a process of its own: `port calls rate holdMs`; says when it is warm, goes on when told to, and tells its report. */
const [port = 0, calls = 0, rate = 0, duration = 0] = process.argv.slice(2).map(Number)

const client = await connect(`127.0.0.1:${port}`)
const over = async (): Promise<void> => {
  const goOn = once(process, 'message')
  process.send?.('warm')
  await goOn
}
const report = await runLoad(
  client,
  { rate, duration, maxOffered: calls, seed: 1 },
  { until: (what) => what, warmUp: { calls: Math.ceil(calls / 10), over } },
)
await client.close()
process.send?.(report)
process.disconnect()
