import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { Clock } from '../../lib/clock.ts'
import { createPool, type Pool, type PoolOptions } from '../../lib/service/pool.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { outcomeOf } from '../testing/promises.ts'
import { answering, ITSELF } from './on-embedded-switch.ts'
import { seeded, wireTo, type Wire } from './on-cut-off.ts'

interface OnPool {
  readonly clock: Clock
  readonly pool: Pool
  readonly wires: Wire[]
}

/** Runs a spec with a pool of embedded switches in virtual time; nothing may be left then. */
const onPool = async (
  size: number,
  run: (at: OnPool) => Promise<void>,
  options: PoolOptions = {},
): Promise<void> => {
  const clock = virtualClock()
  const body = async (): Promise<void> => {
    const wires: Wire[] = []
    for (let i = 0; i < size; i++)
      wires.push(wireTo(await simulate({ clock, transport: 'memory', seed: i }), `node-${i}`))
    const reconnect = { random: seeded(1) }
    const targets = wires.map(({ target }) => target)
    await using pool = await createPool(targets, { clock, reconnect, apps: [answering()], ...options })
    await run({ clock, pool, wires })
    await pool.close()
    for (const { sim } of wires) await sim?.close()
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending, 'timers that are left').toBe(0)
}

const callsOf = (pool: Pool): number[] => pool.clients.map((client) => client.countCalls())

describe('a pool', () => {
  it('places calls on its nodes in turn', () =>
    onPool(3, async ({ pool }) => {
      const sessions = await Promise.all(Array.from({ length: 7 }, () => pool.originate(ITSELF)))
      expect(sessions.map(({ node }) => node)).toEqual([0, 1, 2, 0, 1, 2, 0].map((i) => `node-${i}:8021`))
      expect([pool.countCalls(), pool.countSessions(), callsOf(pool)]).toEqual([7, 14, [3, 2, 2]])
      expect(pool.session(sessions[1]?.uuid ?? '')).toBe(sessions[1])
      await pool.hupall()
    }))

  it('or on the least loaded one', () =>
    onPool(
      3,
      async ({ pool, clock }) => {
        const [one, two] = pool.clients
        for (const client of [one, one, one, two]) await client?.originate(ITSELF)
        await Promise.all(Array.from({ length: 5 }, () => pool.originate(ITSELF)))
        expect(callsOf(pool)).toEqual([3, 3, 3])
        await pool.hupall()
        await sleep(clock, 500)
        expect(pool.countCalls()).toBe(0)
      },
      { choose: 'least-loaded' },
    ))

  it.each(['round-robin', 'least-loaded'] as const)('keeps to the limit of each node (%s)', (choose) =>
    onPool(
      2,
      async ({ pool, clock }) => {
        const jobs = Array.from({ length: 6 }, () => outcomeOf(pool.originate(ITSELF)))
        const outcomes = await Promise.all(jobs)
        expect(callsOf(pool)).toEqual([2, 2])
        for (const error of outcomes.slice(4)) expect(error).toMatchObject({ code: 'NO_NODE' })
        expect(String(outcomes[5])).toContain('all of the 2 nodes')
        await pool.clients[0]?.hupall()
        await sleep(clock, 500)
        expect((await pool.originate(ITSELF)).node).toBe('node-0:8021')
      },
      { choose, limit: 2 },
    ),
  )

  it('leaves a node out that goes away, and takes it again when it is back', () =>
    onPool(3, async ({ pool, wires, clock }) => {
      const changes: string[] = []
      pool.onState(({ name }, { state }) => changes.push(`${name} ${state}`))
      const [, wire] = wires
      const sim = wire?.sim
      if (!wire || !sim) throw new Error('no switch')
      wire.sim = undefined
      wire.cut()
      await sleep(clock, 100)
      expect(pool.available.map(({ name }) => name)).toEqual(['node-0:8021', 'node-2:8021'])
      const some = await Promise.all(Array.from({ length: 4 }, () => pool.originate(ITSELF)))
      expect(some.map(({ node }) => node.at(5))).toEqual(['0', '2', '0', '2'])
      wire.sim = sim
      await sleep(clock, 10_000)
      expect(changes).toEqual(['node-1:8021 away', 'node-1:8021 connected'])
      const more = await Promise.all(Array.from({ length: 3 }, () => pool.originate(ITSELF)))
      expect(more.map(({ node }) => node.at(5)).sort()).toEqual(['0', '1', '2'])
      await pool.hupall()
    }))

  it('says so where no node is there', () =>
    onPool(1, async ({ pool, wires, clock }) => {
      wires[0]?.cut()
      await sleep(clock, 10)
      const error = await outcomeOf(pool.originate(ITSELF))
      expect(error).toMatchObject({ code: 'NO_NODE' })
      expect(String(error)).toContain('none of the 1 nodes is connected')
    }))

  it('counts sessions and hangup causes per app, per node and in all', () =>
    onPool(2, async ({ pool, clock }) => {
      await pool.load(answering, { id: 'one' })
      const calls = await Promise.all(
        ['one', undefined, 'one', 'one'].map((app) => pool.originate(ITSELF, { app })),
      )
      await pool.hupall({ app: 'one', cause: 'USER_BUSY' })
      await sleep(clock, 500)
      const { nodes, total } = pool.tally()
      expect(calls.filter(({ hungup }) => hungup)).toHaveLength(3)
      expect(nodes['node-0:8021']?.apps['one']).toMatchObject({ sessions: 0, ended: 4, answered: 4 })
      expect(nodes['node-1:8021']).toMatchObject({ state: 'connected', sessions: 2, calls: 1, jobs: 0 })
      expect(nodes['node-1:8021']?.apps).toMatchObject({
        one: { ended: 2 },
        default: { sessions: 2, ended: 0 },
      })
      expect(total.apps['one']).toMatchObject({ sessions: 0, ended: 6, causes: { USER_BUSY: 6 } })
      expect(total).toMatchObject({ sessions: 2, calls: 1, appFailures: 0 })
      await pool.hupall()
    }))

  it('loads an app on all nodes, or on none', () =>
    onPool(3, async ({ pool }) => {
      let made = 0
      const failing = () => {
        if (++made === 2) throw new Error('not this one')
        return answering()
      }
      expect(String(await outcomeOf(pool.load(failing, { id: 'x' })))).toContain('not this one')
      for (const client of pool.clients) expect(client.apps.map(({ id }) => id)).toEqual(['default'])
    }))

  it('of nothing is refused', async () => {
    expect(await outcomeOf(createPool([]))).toMatchObject({ code: 'BAD_ARGUMENT' })
  })
})
