import { connect } from '../../../dist/index.js'
import { simulate, virtualClock } from '../../../dist/testing/index.js'
import { runLoad } from './load.ts'

/** Client and switch in one process, in virtual time: `calls rate holdMs`; prints its report. */
const [calls = 0, rate = 0, duration = 0] = process.argv.slice(2).map(Number)

const clock = virtualClock()
const sw = await simulate({ clock, transport: 'memory', seed: 1 })
const client = await clock.run(connect(sw, { clock, seed: 1 }))
const report = await runLoad(
  client,
  { rate, duration, maxOffered: calls, seed: 1 },
  { until: (what) => clock.run(what), warmUp: { calls: Math.ceil(calls / 5), over: () => undefined } },
)
console.log(JSON.stringify(report))
process.exit(report.answered === calls ? 0 : 1)
