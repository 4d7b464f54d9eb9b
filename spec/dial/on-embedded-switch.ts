import { tonePlay } from '../../lib/apps/tone-play.ts'
import type { OriginatorOptions } from '../../lib/dial/options.ts'
import { createOriginator, type Originator } from '../../lib/dial/originator.ts'
import type { Progress } from '../../lib/dial/summary.ts'
import type { PlacedCallRecord } from '../../lib/measure/cdr/cdr.ts'
import type { Client } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { simulate, type EmbeddedSwitch, type SimulateOptions } from '../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'

/** A dialer and the switch that it dials on, in virtual time. */
export interface Bench {
  readonly clock: VirtualClock
  readonly sw: EmbeddedSwitch
  readonly client: Client
  readonly cdrs: PlacedCallRecord[]
  dialer(options?: OriginatorOptions): Promise<Originator>
  /** Runs it to its end, and gives its progress. */
  run(originator: Originator, interval?: number): Promise<Progress[]>
  close(): Promise<void>
}

export const createBench = async (options: SimulateOptions = {}): Promise<Bench> => {
  const clock = virtualClock()
  const sw = await simulate({ ...options, clock, transport: 'memory', seed: 1 })
  const client = await clock.run(connect(sw, { clock }))
  await clock.run(client.load(tonePlay(), { id: 'tone' }))
  const cdrs: PlacedCallRecord[] = []
  return {
    clock,
    sw,
    client,
    cdrs,
    dialer: (more = {}) =>
      clock.run(
        createOriginator([client], {
          dest: 'park@127.0.0.1:5080',
          ...(more.app === undefined && more.apps === undefined ? { app: 'tone' } : {}),
          clock,
          onCdr: (cdr) => cdrs.push(cdr),
          ...more,
        }),
      ),
    async run(originator, interval) {
      const progress: Progress[] = []
      const collect = async (): Promise<void> => {
        for await (const now of originator.run(interval)) progress.push(now)
      }
      await clock.run(collect())
      return progress
    },
    async close() {
      await clock.run(client.close())
      await clock.run(sw.close())
      // What was said last is still on its way.
      await clock.run()
    },
  }
}
