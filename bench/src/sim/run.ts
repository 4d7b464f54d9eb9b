import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { LoadReport } from './load.ts'

/** Two-leg calls that the embedded switch carries: by TCP beside a dialer, and in virtual time. `--short`: does it run? */
const short = process.argv.includes('--short')
const [REPEATS, TCP_CALLS, VIRTUAL_CALLS] = short ? [1, 500, 500] : [3, 15_000, 20_000]
const TCP_RATE = short ? 250 : 1500
const VIRTUAL_RATE = 100
const [TCP_HOLD, VIRTUAL_HOLD] = [1000, 5000]

const here = (path: string): string => new URL(path, import.meta.url).pathname

const ask = async <T>(child: ChildProcess, question?: string): Promise<T> => {
  const answer = once(child, 'message')
  if (question !== undefined) child.send(question)
  return (await answer)[0] as T
}

/** A dialer beside a switch, each in a process of its own. */
const byTcp = async (): Promise<readonly [dialer: LoadReport, switchUs: number]> => {
  const sw = fork(here('switch.js'))
  const { port } = await ask<{ port: number }>(sw)
  const dialer = fork(here('dialer.js'), [port, TCP_CALLS, TCP_RATE, TCP_HOLD].map(String))
  try {
    await ask(dialer)
    const before = await ask<{ cpuUs: number }>(sw, 'usage')
    const report = await ask<LoadReport>(dialer)
    const after = await ask<{ cpuUs: number; channels: number }>(sw, 'usage')
    if (after.channels > 0) throw new Error(`${after.channels} channels were left on the switch`)
    return [report, Math.round((after.cpuUs - before.cpuUs) / (report.calls * 0.8))]
  } finally {
    sw.kill()
    dialer.kill()
  }
}

const inVirtualTime = (): LoadReport =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [here('virtual.js'), ...[VIRTUAL_CALLS, VIRTUAL_RATE, VIRTUAL_HOLD].map(String)],
      { encoding: 'utf8' },
    ),
  ) as LoadReport

const tcp: (readonly [LoadReport, number])[] = []
const virtual: LoadReport[] = []
for (let repeat = 0; repeat < REPEATS; repeat++) {
  tcp.push(await byTcp())
  virtual.push(inVirtualTime())
}

const row = (what: string, { callsPerSecond, answered, calls, dropped }: LoadReport, cpuUs: number): void =>
  console.log(
    `${what.padEnd(34)} ${String(callsPerSecond).padStart(7)} ${String(cpuUs).padStart(12)} ` +
      `${String(Math.round(1e6 / cpuUs)).padStart(14)}   ${answered} of ${calls}, ${dropped} not placed`,
  )

/** The least CPU time of several runs: what else the machine does can only add. */
const least = Math.min(...virtual.map(({ cpuUsPerCall }) => cpuUsPerCall))
const best = <T>(all: readonly T[], figure: (one: T) => number): T =>
  all.reduce((a, b) => (figure(b) < figure(a) ? b : a))
const [dialer] = best(tcp, ([report]) => report.cpuUsPerCall)
const [beside, switchUs] = best(tcp, ([, us]) => us)
console.log(`${''.padEnd(34)} calls/s  CPU us/call  calls/s of CPU   answered`)
row(`TCP, ${TCP_RATE}/s offered: the switch`, beside, switchUs)
row(`TCP, ${TCP_RATE}/s offered: the dialer`, dialer, dialer.cpuUsPerCall)
row(
  'virtual time, both in one process',
  best(virtual, ({ callsPerSecond }) => -callsPerSecond),
  least,
)
process.exitCode = [...tcp.map(([report]) => report), ...virtual].every((one) => one.answered === one.calls)
  ? 0
  : 1
