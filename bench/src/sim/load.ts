import {
  createOriginator,
  type Client,
  type Originator,
  type OriginatorOptions,
} from '../../../dist/index.js'
import { tonePlay } from '../../../dist/apps/index.js'

/** What became of a load, as the processes of the benchmark tell each other. */
export interface LoadReport {
  readonly calls: number
  readonly answered: number
  readonly dropped: number
  /** Calls a second that were launched, of the machine's time. */
  readonly callsPerSecond: number
  /** CPU time of the process, user and system, for each call, in microseconds. */
  readonly cpuUsPerCall: number
  readonly heapMb: number
}

/**
 * Two-leg calls from the switch to itself, as `switchix dial` places them by default: the caller plays a tone, the called leg
 * answers and echoes it, and the dialer hangs up. The first fifth warms up, and counts for nothing.
 */
export const runLoad = async (
  client: Client,
  options: Partial<OriginatorOptions> & { readonly maxOffered: number },
  runUntil: <T>(until: Promise<T>) => Promise<T> = (until) => until,
  warm: () => void = () => undefined,
): Promise<LoadReport> => {
  const from = Math.floor(options.maxOffered / 5)
  let calls = 0
  let cpu = process.cpuUsage()
  let started = performance.now()
  const originator: Originator = await runUntil(
    createOriginator([client], { dest: 'park@{profile}', app: tonePlay(), ...options }),
  )
  const stopCounting = client.onCallEnd(() => {
    if (++calls !== from) return
    cpu = process.cpuUsage()
    started = performance.now()
    warm()
  })
  originator.start()
  await runUntil(originator.ended)
  stopCounting()
  const { user, system } = process.cpuUsage(cpu)
  const ms = performance.now() - started
  const { answered, dropped } = originator.summary()
  await runUntil(originator.close())
  return {
    calls,
    answered,
    dropped,
    callsPerSecond: Math.round(((calls - from) * 1000) / ms),
    cpuUsPerCall: Math.round((user + system) / (calls - from)),
    heapMb: Math.round(process.memoryUsage().heapUsed / 1e6),
  }
}
