import { createHash } from 'node:crypto'
import { connect, exponential } from '../../../dist/index.js'
import { CDR_COLUMNS } from '../../../dist/measure/cdr/cdr.js'
import { createWriter } from '../../../dist/measure/store/format.js'
import { simulate, virtualClock } from '../../../dist/testing/index.js'
import { runLoad } from './load.ts'

/**
 * An hour of calls at 100 calls/s in virtual time, client and switch in one process: its wall time, and the SHA-256 of its
 * CDR file, which is the same for the same seed. `minutes` (60), `seed` (1).
 */
const [minutes = 60, seed = 1] = process.argv.slice(2).map(Number)
const RATE = 100
const calls = minutes * 60 * RATE

const clock = virtualClock()
const sw = await simulate({ clock, transport: 'memory', seed })
const client = await clock.run(connect(sw, { clock, seed }))
const { head, write } = createWriter('csv', CDR_COLUMNS)
const hash = createHash('sha256').update(head)
let rows = 0
const started = performance.now()

const heap = (): string => {
  globalThis.gc?.()
  return `${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB`
}
const tell = (): void => {
  const seconds = (performance.now() - started) / 1000
  console.log(`${String(rows).padStart(7)} calls  ${seconds.toFixed(0).padStart(5)} s  heap ${heap()}`)
}

const report = await runLoad(
  client,
  {
    rate: RATE,
    maxOffered: calls,
    duration: exponential(10_000),
    seed,
    onCdr(cdr) {
      hash.update(write({ ...cdr }))
      if (++rows % Math.ceil(calls / 6) === 0) tell()
    },
  },
  { until: (what) => clock.run(what) },
)
const seconds = (performance.now() - started) / 1000
const virtualHours = (clock.now() - Date.UTC(2026, 0, 1)) / 3_600_000
const left = [sw.channels(), client.countSessions(), client.countCalls(), client.countJobs()]
await clock.run(client.close())
await clock.run(sw.close())
await clock.run()
console.log(
  `${rows} calls, ${virtualHours.toFixed(3)} h of virtual time in ${seconds.toFixed(1)} s: ` +
    `${Math.round(rows / seconds)} calls/s, ${report.cpuUsPerCall} us of CPU a call, heap ${heap()} in the end`,
)
console.log(`left: ${left.join(', ')} channels, sessions, calls, jobs; ${clock.pending} timers`)
console.log(`seed ${seed}: CDRs ${hash.digest('hex')}`)
process.exit(rows === calls && [...left, clock.pending].every((n) => n === 0) ? 0 : 1)
