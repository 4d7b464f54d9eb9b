import { connect } from '../../../dist/index.js'
import { runLoad } from './load.ts'

/** The dialer in a process of its own: `port calls rate holdMs`; says when it is warm, and prints its report. */
const [port = 0, calls = 0, rate = 0, duration = 0] = process.argv.slice(2).map(Number)

const client = await connect(`127.0.0.1:${port}`)
const report = await runLoad(client, { rate, duration, maxOffered: calls, seed: 1 }, undefined, () =>
  process.send?.('warm'),
)
await client.close()
process.send?.(report)
process.disconnect()
