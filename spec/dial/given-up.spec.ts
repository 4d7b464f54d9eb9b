import { describe, expect, test } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { createOriginator, type Originator } from '../../lib/dial/originator.ts'
import type { OriginatorOptions } from '../../lib/dial/options.ts'
import type { PlacedCallRecord } from '../../lib/measure/cdr/cdr.ts'
import type { Client } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { simulate, type EmbeddedSwitch, type SimulateOptions } from '../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'
import { wireTo, type Wire } from '../service/on-cut-off.ts'

interface Run {
  readonly clock: VirtualClock
  readonly sw: EmbeddedSwitch
  readonly wire: Wire
  readonly client: Client
  readonly originator: Originator
  readonly running: Promise<void>
  readonly cdrs: readonly PlacedCallRecord[]
  /** Has the switch read nothing for so long. */
  stall(ms: number): void
  /** Takes leave, as a process does that ends. */
  leave(): Promise<void>
}

/** Ten calls a second, held for one. */
const start = async (options: OriginatorOptions = {}, sim: SimulateOptions = {}): Promise<Run> => {
  const clock = virtualClock()
  const sw = await simulate({ ...sim, clock, transport: 'memory', seed: 1 })
  const wire = wireTo(sw)
  const client = await clock.run(
    connect(wire.target, { reconnect: { keepSessions: 10_000 }, heartbeat: false }),
  )
  const cdrs: PlacedCallRecord[] = []
  const originator = await clock.run(
    createOriginator([client], {
      app: () => tonePlay(),
      dest: 'park@127.0.0.1:5080',
      rate: 10,
      duration: 1000,
      clock,
      onCdr: (cdr) => cdrs.push(cdr),
      ...options,
    }),
  )
  const drain = async (): Promise<void> => {
    for await (const { active } of originator.run()) expect(active).toBeGreaterThanOrEqual(0)
  }
  return {
    clock,
    sw,
    wire,
    client,
    originator,
    running: drain(),
    cdrs,
    stall: (ms) => void client.api(`msleep ${ms}`, { timeout: Infinity }).catch(() => undefined),
    async leave() {
      await clock.run(originator.close())
      await clock.run(client.close())
    },
  }
}

const end = async ({ clock, sw }: Run): Promise<void> => {
  await clock.run(sw.close())
  await clock.run()
  expect(clock.pending).toBe(0)
}

describe('calls that a stalled switch places after they were given up', () => {
  test('are hung up as they turn up, and the run lasts until none of them is left; each counts once', async () => {
    const run = await start({ maxOffered: 30 })
    await run.clock.advance(950)
    run.stall(45_000)
    await run.clock.run(run.running)
    expect(run.sw.channels()).toBe(0)
    const { launched, answered, failed, causes, warnings, durationMs, metrics } = run.originator.summary()
    expect({ launched, answered, failed }).toEqual({ launched: 30, answered: 10, failed: 20 })
    expect(causes).toEqual({ TIMEOUT: 20, NORMAL_CLEARING: 10 })
    expect(metrics.asr).toBe(1)
    expect(durationMs).toBeLessThan(50_000)
    expect(run.cdrs).toHaveLength(30)
    expect(run.cdrs.filter((cdr) => cdr.caller_create_ms !== undefined)).toHaveLength(10)
    expect(warnings).toEqual([
      expect.stringMatching(/calls failed with TIMEOUT/),
      expect.stringMatching(/placed 20 calls after they were given up/),
    ])
    await run.leave()
    await end(run)
  })

  test('count as up until then: the limit holds for them, too', async () => {
    const run = await start({ maxOffered: 500, limit: 15 })
    await run.clock.advance(950)
    run.stall(45_000)
    await run.clock.advance(40_000)
    const { active, droppedBy } = run.originator.progress()
    expect(active).toBe(15)
    expect(droppedBy.limit).toBeGreaterThan(300)
    await run.clock.run(run.running)
    expect(run.sw.channels()).toBe(0)
    await run.leave()
    await end(run)
  })

  test('are hung up by the switch itself where it is stalled until long after the run', async () => {
    const run = await start({ maxOffered: 30 })
    const began = run.clock.now()
    run.stall(120_000)
    await run.clock.run(run.running)
    const { durationMs, warnings } = run.originator.summary()
    expect(durationMs).toBeLessThan(65_000)
    expect(warnings.at(-1)).toMatch(
      /has not said what became of 30 calls .*: hupall NORMAL_CLEARING sip_h_X-Switchix-App dial-/,
    )
    await run.leave()
    expect(run.originator.summary().warnings.at(-1)).toBe(warnings.at(-1))
    await run.clock.advance(120_000 - (run.clock.now() - began) + 1000)
    expect(run.sw.channels()).toBeGreaterThanOrEqual(60)
    await run.clock.advance(62_000)
    expect(run.sw.channels()).toBe(0)
    await end(run)
  })

  test('are waited for a moment only once all are to be hung up', async () => {
    const run = await start({ maxOffered: 30 })
    await run.clock.advance(950)
    run.stall(120_000)
    await run.clock.advance(35_000)
    expect(run.originator.progress().active).toBe(30)
    const began = run.clock.now()
    void run.originator.hupall().catch(() => undefined)
    await run.clock.advance(5000)
    // Those that are left were answered: they are known to be up.
    expect([run.originator.progress().active, run.clock.now() - began]).toEqual([10, 5000])
    await run.clock.run(run.running)
    expect(run.clock.now() - began).toBeLessThanOrEqual(11_000)
    await run.leave()
    // It reads the order when it is no longer stalled.
    await run.clock.advance(120_000)
    expect(run.sw.channels()).toBe(0)
    await end(run)
  })

  test('are none where the switch says in time that it placed none', async () => {
    const run = await start({ maxOffered: 30, profile: 'nosuch' })
    run.stall(45_000)
    await run.clock.run(run.running)
    const { causes, durationMs, warnings } = run.originator.summary()
    expect([causes, warnings.length]).toEqual([{ TIMEOUT: 30 }, 1])
    expect(durationMs).toBeLessThan(45_100)
    await run.leave()
    await end(run)
  })
})

describe('calls whose connection was cut while they were placed', () => {
  const ringing: SimulateOptions = {
    dialplan: () => [
      { app: 'ring_ready', arg: '' },
      { app: 'sleep', arg: '3000' },
      { app: 'park', arg: '' },
    ],
  }

  test.each([
    ['ring', 0],
    ['have no session yet', 100],
  ])('and that %s are hung up when the switch is back', async (_, silent) => {
    const run = await start({ maxOffered: 10, duration: 0 }, ringing)
    await run.clock.advance(1000 - silent)
    run.wire.silent = true
    await run.clock.advance(silent)
    run.wire.silent = false
    run.wire.cut()
    await run.clock.run(run.running)
    expect(run.sw.channels()).toBe(0)
    expect(run.originator.summary()).toMatchObject({ failed: 10, causes: { CONNECTION_LOST: 10 } })
    await run.leave()
    await end(run)
  })

  test('for longer than calls are kept are hung up at the end of the run', async () => {
    const run = await start({ maxOffered: 200, duration: 60_000 })
    await run.clock.advance(950)
    const { sim } = run.wire
    run.wire.sim = undefined
    run.wire.cut()
    await run.clock.advance(11_000)
    expect(run.originator.progress().active).toBe(0)
    run.wire.sim = sim
    await run.clock.run(run.running)
    await run.clock.advance(10_000)
    expect([run.client.connected, run.sw.channels()]).toEqual([true, 20])
    await run.clock.run(run.originator.close())
    await sleepOn(run, 1000)
    expect(run.sw.channels()).toBe(0)
    await run.leave()
    await end(run)
  })
})

const sleepOn = ({ clock }: Run, ms: number): Promise<void> => clock.run(sleep(clock, ms))
