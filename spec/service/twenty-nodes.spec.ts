import { expect, test } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { serve } from '../../lib/service/serve.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { ITSELF } from './on-embedded-switch.ts'
import { seeded, wireTo, type Wire } from './on-cut-off.ts'

const NODES = 20
const CALLS = 2000

/** Answers, plays, waits for a digit that comes at the very end, and hangs up. */
const holding = (ends: Map<string, string>): ClientApp => ({
  name: 'Holding',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      try {
        await sess.answer()
        await sess.playback('test/short.wav')
        await sess.recv('DTMF')
        await sess.hangup('USER_BUSY')
      } finally {
        ends.set(sess.uuid, 'flow ended')
      }
    },
  },
})

test(`${NODES} nodes and ${CALLS} calls, with nodes stopped, cut off and started at random: no call of a healthy node is disturbed`, async () => {
  const clock = virtualClock()
  const random = seeded(5)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const body = async (): Promise<void> => {
    const wires: Wire[] = []
    for (let i = 0; i < NODES; i++)
      wires.push(wireTo(await simulate({ clock, transport: 'memory', seed: i }), `n${i}`))
    const ends = new Map<string, string>()
    await using service = await serve(
      wires.map(({ target }) => target),
      { clock, apps: [holding(ends)], reconnect: { random, maxDelay: 2000 }, limit: CALLS / NODES },
    )

    const sessions: Session[] = []
    for (let i = 0; i < CALLS; i++) {
      sessions.push(await service.originate(ITSELF))
      await sleep(clock, 2)
    }
    expect(service.countCalls()).toBe(CALLS)
    const peers = sessions.map(({ peer }) => peer)

    // A third of the nodes is stopped and started anew, another third is cut off, the rest is left alone.
    const stopped = new Set<string>()
    const cut = new Set<string>()
    for (let round = 0; round < 30; round++) {
      const i = Math.floor(random() * NODES)
      const wire = wires[i] as Wire
      const name = `n${i}:8021`
      if (i % 3 === 0) {
        stopped.add(name)
        await wire.sim?.close()
        wire.sim = undefined
        await sleep(clock, 500 + random() * 3000)
        wire.sim = await simulate({ clock, transport: 'memory', seed: 100 + round })
      } else if (i % 3 === 1) {
        cut.add(name)
        const { sim } = wire
        wire.sim = undefined
        wire.cut()
        await sleep(clock, random() * 3000)
        wire.sim = sim
      }
      await sleep(clock, pick([0, 10, 1000]))
    }
    await sleep(clock, 10_000)
    expect(service.available).toHaveLength(NODES)
    expect([stopped.size > 2, cut.size > 2]).toEqual([true, true])

    const disturbed = sessions.filter((sess) => sess.hungup !== stopped.has(sess.node))
    expect(disturbed.map(({ node }) => node)).toEqual([])
    for (const sess of sessions)
      if (stopped.has(sess.node)) expect([sess.lost, sess.cause]).toEqual([true, 'LOST'])
    const up = sessions.filter(({ hungup }) => !hungup)
    expect(service.countCalls()).toBe(up.length)

    // Every flow that waits goes on, over the connections that were made again, too.
    await Promise.all(up.map((sess) => sess.sendDtmf('1')))
    await Promise.all(up.map((sess) => sess.call.ended))
    const causes = new Set(up.map((sess) => sess.call.last?.cause))
    expect([...causes]).toEqual(['USER_BUSY'])
    expect(ends.size).toBe(peers.length)
    expect([service.countCalls(), service.countSessions(), service.countJobs()]).toEqual([0, 0, 0])
    expect(service.tally().total).toMatchObject({ sessions: 0, calls: 0, jobs: 0, appFailures: 0 })
    for (const { sim } of wires) expect(sim?.channels()).toBe(0)
    await service.close()
    for (const { sim } of wires) await sim?.close()
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending).toBe(0)
}, 120_000)
