import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { LoadReport } from './load.ts'

/** Two-leg calls that the embedded switch carries: by TCP beside a dialer, and in virtual time. `--short`: does it run? */
const { values } = parseArgs({ options: { short: { type: 'boolean' }, rate: { type: 'string' } } })
const short = values.short === true
const TCP_RATE = Number(values.rate ?? (short ? 250 : 1500))
const [REPEATS, TCP_SECONDS, VIRTUAL_CALLS] = short ? [1, 2, 500] : [2, 20, 20_000]
const VIRTUAL_RATE = 100
const [TCP_HOLD, VIRTUAL_HOLD] = [1000, 5000]

const here = (path: string): string => new URL(path, import.meta.url).pathname

const ask = async <T>(child: ChildProcess, question?: string): Promise<T> => {
  const answer = once(child, 'message')
  if (question !== undefined) child.send(question)
  return (await answer)[0] as T
}

interface Measured extends LoadReport {
  /** CPU time of the switch, where it is a process of its own. */
  readonly switchUs: number
}

/** A dialer beside a switch, each in a process of its own. */
const byTcp = async (): Promise<Measured> => {
  const sw = fork(here('switch.js'))
  const { port } = await ask<{ port: number }>(sw)
  const dialer = fork(here('dialer.js'), [port, TCP_RATE * TCP_SECONDS, TCP_RATE, TCP_HOLD].map(String))
  try {
    await ask(dialer)
    const before = await ask<{ cpuUs: number }>(sw, 'usage')
    const report = await ask<LoadReport>(dialer, 'go on')
    const after = await ask<{ cpuUs: number; channels: number }>(sw, 'usage')
    if (after.channels > 0) throw new Error(`${after.channels} channels were left on the switch`)
    return { ...report, switchUs: Math.round((after.cpuUs - before.cpuUs) / report.launched) }
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

const whole = (one: LoadReport): string =>
  `${one.offered} offered, ${one.launched} launched, ${one.answered} answered, ${one.failed} failed, ${one.dropped} not placed`

const tcp: Measured[] = []
const virtual: LoadReport[] = []
for (let repeat = 0; repeat < REPEATS; repeat++) {
  const one = await byTcp()
  tcp.push(one)
  console.log(
    `TCP, ${TCP_RATE}/s for ${TCP_SECONDS} s: ${one.rates.offered}/s offered, ${one.rates.launched}/s launched; ` +
      `CPU a call: switch ${one.switchUs} us, dialer ${one.cpuUsPerCall} us; ${whole(one)}`,
  )
  const other = inVirtualTime()
  virtual.push(other)
  console.log(
    `virtual time, both in one process: ${other.callsPerSecond} calls/s, CPU a call ${other.cpuUsPerCall} us; ${whole(other)}`,
  )
}

/** The least CPU time of several runs: what else the machine does can only add. */
const least = (what: string, all: readonly number[]): void => {
  const us = Math.min(...all)
  console.log(`least CPU a call, ${what}: ${us} us, ${Math.round(1e6 / us)} calls for a second of it`)
}
console.log()
least(
  'switch by TCP',
  tcp.map(({ switchUs }) => switchUs),
)
least(
  'dialer by TCP',
  tcp.map(({ cpuUsPerCall }) => cpuUsPerCall),
)
least(
  'virtual time, both in one process',
  virtual.map(({ cpuUsPerCall }) => cpuUsPerCall),
)
process.exitCode = [...tcp, ...virtual].every((one) => one.failed === 0 && one.answered === one.launched)
  ? 0
  : 1
