import {
  createOriginator,
  type Client,
  type Originator,
  type OriginatorOptions,
} from '../../../dist/index.js'
import { tonePlay } from '../../../dist/apps/index.js'

/** What became of a load, as the processes of the benchmark tell each other. */
export interface LoadReport {
  readonly offered: number
  readonly launched: number
  readonly answered: number
  readonly failed: number
  /** Calls that were not placed: the dialer was more than a second late for them. */
  readonly dropped: number
  /** Calls a second that were due, and that were launched, by the clock of the load. */
  readonly rates: { readonly offered: number; readonly launched: number }
  /** Calls launched for each second of the machine's time, from the first arrival to the last hangup. */
  readonly callsPerSecond: number
  /** CPU time of the process, user and system, for each call that was launched, in microseconds. */
  readonly cpuUsPerCall: number
  readonly heapMb: number
}

/** How a load is run. */
export interface Running {
  /** Lets time pass until it comes: in virtual time, the clock's `run`. */
  readonly until: <T>(what: Promise<T>) => Promise<T>
  /** Calls before those that count, at a third of their rate, and what is told when they are over. */
  readonly warmUp?: { readonly calls: number; readonly over: () => Promise<void> | void }
}

type LoadOptions = Partial<OriginatorOptions> & { readonly rate: number; readonly maxOffered: number }

const start = async (client: Client, options: LoadOptions, { until }: Running): Promise<Originator> => {
  const originator = await until(
    createOriginator([client], { dest: 'park@{profile}', app: tonePlay(), ...options }),
  )
  originator.start()
  await until(originator.ended)
  return originator
}

/**
 * Two-leg calls from the switch to itself, as `switchix dial` places them by default: the caller plays a tone, the called leg
 * answers and echoes it, and the dialer hangs up.
 */
export const runLoad = async (
  client: Client,
  options: LoadOptions,
  running: Running,
): Promise<LoadReport> => {
  const { warmUp, until } = running
  if (warmUp) {
    const slower = { ...options, maxOffered: warmUp.calls, rate: options.rate / 3 }
    await until((await start(client, slower, running)).close())
    await warmUp.over()
  }
  const cpu = process.cpuUsage()
  const started = performance.now()
  const originator = await start(client, options, running)
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - started) / 1000
  const { offered, launched, answered, failed, dropped, callsPerSecond: rates } = originator.summary()
  await until(originator.close())
  return {
    offered,
    launched,
    answered,
    failed,
    dropped,
    rates: { offered: Math.round(rates.offered ?? 0), launched: Math.round(rates.launched ?? 0) },
    callsPerSecond: Math.round(launched / seconds),
    cpuUsPerCall: Math.round((user + system) / launched),
    heapMb: Math.round(process.memoryUsage().heapUsed / 1e6),
  }
}
