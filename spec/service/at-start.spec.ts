import { describe, expect, it } from 'vitest'
import { sleep, type Clock } from '../../lib/clock.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { serve, type ServeOptions, type Service } from '../../lib/service/serve.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { kept, outcomeOf } from '../testing/promises.ts'
import { answering, ITSELF } from './on-embedded-switch.ts'
import { seeded, wireTo, type Wire } from './on-cut-off.ts'

interface AtStart {
  readonly clock: Clock
  readonly wires: readonly Wire[]
  readonly failures: AppFailure[]
  /** Nodes that were told of as not being there. */
  readonly missing: string[]
  start(options?: Partial<ServeOptions>): Promise<Service>
  /** The node comes. */
  come(i: number): Promise<void>
}

/** Runs a spec with three nodes of which only some are there, in virtual time; nothing may be left then. */
const onNodes = async (there: readonly number[], run: (at: AtStart) => Promise<void>): Promise<void> => {
  const clock = virtualClock()
  const failures: AppFailure[] = []
  const missing: string[] = []
  const services: Service[] = []
  const body = async (): Promise<void> => {
    const sims = await Promise.all([0, 1, 2].map((seed) => simulate({ clock, transport: 'memory', seed })))
    const wires = sims.map((sim, i) => wireTo(sim, `n${i}`))
    for (const [i, wire] of wires.entries()) if (!there.includes(i)) wire.sim = undefined
    await run({
      clock,
      wires,
      failures,
      missing,
      async start(options) {
        const service = await serve(
          wires.map(({ target }) => target),
          {
            clock,
            reconnect: { random: seeded(1), maxDelay: 1000 },
            apps: [answering()],
            onMissing: ({ name }) => missing.push(name),
            onAppError: (failure) => failures.push(failure),
            ...options,
          },
        )
        services.push(service)
        return service
      },
      async come(i) {
        const wire = wires[i] as Wire
        wire.sim = sims[i]
        await sleep(clock, 2000)
      },
    })
    for (const service of services) await service.close()
    for (const sim of sims) await sim.close()
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending, 'timers that are left').toBe(0)
}

const names = ({ available }: Service): string[] => available.map(({ name }) => name)

describe('a service whose switches are not all there at the start', () => {
  it('starts with those that are, tells of the others, and takes them in once they come', () =>
    onNodes([1], async ({ start, come, missing }) => {
      const service = await start()
      expect([names(service), missing]).toEqual([['n1:8021'], ['n0:8021', 'n2:8021']])
      expect(service.clients.map(({ state }) => state)).toEqual(['away', 'connected', 'away'])
      const states: string[] = []
      service.onState(({ name }, { state, found }) => states.push(`${name} ${state} ${found?.kept}`))
      expect((await service.originate(ITSELF)).node).toBe('n1:8021')
      await come(0)
      expect([names(service), states]).toEqual([['n0:8021', 'n1:8021'], ['n0:8021 connected undefined']])
      const nodes = [await service.originate(ITSELF), await service.originate(ITSELF)].map(({ node }) => node)
      expect(nodes.sort()).toEqual(['n0:8021', 'n1:8021'])
      await come(2)
      expect(names(service)).toHaveLength(3)
      await service.hupall()
    }))

  it('rejects where none is, as it does for one that lets nobody in', () =>
    onNodes([], async ({ start, come, wires, missing }) => {
      expect(await outcomeOf(start())).toMatchObject({ code: 'UNREACHABLE' })
      await come(0)
      expect(await outcomeOf(start({ password: 'wrong' }))).toMatchObject({ code: 'AUTH_FAILED' })
      expect(await outcomeOf(start({ atStart: 'all' }))).toMatchObject({ code: 'UNREACHABLE' })
      expect(await outcomeOf(start({ reconnect: false }))).toMatchObject({ code: 'UNREACHABLE' })
      expect(await outcomeOf(start({ atStart: 'some' as 'any' }))).toMatchObject({ code: 'BAD_ARGUMENT' })
      const tries = wires.map(({ attempts }) => attempts)
      await come(1)
      // Nobody goes on to look for them.
      expect([wires.map(({ attempts }) => attempts), missing]).toEqual([tries, []])
    }))

  it('starts without any where it is told to, and may end so', () =>
    onNodes([], async ({ start, come }) => {
      const service = await start({ atStart: 'none' })
      expect(await outcomeOf(service.originate(ITSELF))).toMatchObject({ code: 'NO_NODE' })
      const [first] = service.clients
      expect(await outcomeOf(first?.api('status') ?? Promise.resolve())).toMatchObject({
        code: 'CONNECTION_LOST',
        message: expect.stringContaining('n0:8021') as string,
      })
      expect(await service.shutDown({ grace: 1000 })).toBe(0)
      const other = await start({ atStart: 'none' })
      await come(2)
      expect((await other.originate(ITSELF)).node).toBe('n2:8021')
      await other.hupall()
    }))

  it('leaves a call alone that was up before the switch was ours', () =>
    onNodes([0], async ({ start, come, wires, clock }) => {
      const before = await start()
      wires[1]?.cut()
      await before.originate(ITSELF)
      const { sim } = wires[0] as Wire
      ;(wires[0] as Wire).sim = undefined
      const service = await start({ atStart: 'none' })
      ;(wires[0] as Wire).sim = sim
      await sleep(clock, 2000)
      expect([service.countSessions(), before.countSessions()]).toEqual([0, 2])
      await before.hupall()
      await come(1)
    }))
})

describe('the end of a service one of whose switches is away', () => {
  it('gives all calls the grace, hangs up those that it can reach, and waits for nobody else', () =>
    onNodes([0, 1], async ({ start, wires, clock, come }) => {
      const service = await start()
      const calls = [await service.originate(ITSELF), await service.originate(ITSELF)]
      ;(wires[1] as Wire).sim = undefined
      wires[1]?.cut()
      await sleep(clock, 10)
      const before = clock.now()
      await service.shutDown({ grace: 1000 })
      expect(clock.now() - before).toBeLessThan(7000)
      expect(calls.map(({ cause }) => cause)).toEqual(['NORMAL_CLEARING', undefined])
      await come(1)
      expect([wires[0]?.sim?.channels(), wires[1]?.sim?.channels()]).toEqual([0, 2])
    }))
})

describe('an app of a pool', () => {
  const setUps: string[] = []
  const counted = (name: string, broken?: () => boolean): (() => ClientApp) => {
    return () => ({
      name,
      on: { CHANNEL_PARK: () => undefined },
      async *prepost({ client }) {
        await client.api('status')
        if (broken?.()) throw new Error('no disk')
        setUps.push(`${name} on ${client.name}`)
        yield
        setUps.push(`${name} off ${client.name}`)
      },
    })
  }

  it('is loaded on a node that is away once it is back; nobody waits for that', () =>
    onNodes([0, 1], async ({ start, come, wires, clock }) => {
      setUps.length = 0
      const service = await start({ apps: [] })
      ;(wires[1] as Wire).sim = undefined
      wires[1]?.cut()
      await sleep(clock, 10)
      const loaded = await service.load(counted('A'))
      expect([setUps, service.apps]).toEqual([['A on n0:8021'], [loaded]])
      await come(1)
      await come(2)
      expect(setUps.slice(1)).toEqual(['A on n1:8021', 'A on n2:8021'])
      // It has it, and is not given it again.
      wires[2]?.cut()
      await sleep(clock, 2000)
      expect([setUps.length, names(service).length]).toEqual([3, 3])
      await loaded.unload()
      expect([setUps.slice(3).sort(), service.apps]).toEqual([
        ['A off n0:8021', 'A off n1:8021', 'A off n2:8021'],
        [],
      ])
    }))

  it('that is replaced meanwhile is loaded there in its latest edition, and in its place in the order', () =>
    onNodes([0, 1], async ({ start, come, wires, clock }) => {
      setUps.length = 0
      const service = await start({ apps: [counted('A'), counted('B')] })
      ;(wires[1] as Wire).sim = undefined
      wires[1]?.cut()
      await sleep(clock, 10)
      const [first] = service.apps
      if (first) await service.replace(first, counted('A2'))
      expect(service.apps.map(({ name }) => name)).toEqual(['A2', 'B'])
      setUps.length = 0
      await come(1)
      await come(2)
      expect(setUps).toEqual(['A2 on n1:8021', 'A off n1:8021', 'A2 on n2:8021', 'B on n2:8021'])
      expect(service.clients.map(({ apps }) => apps.map(({ name }) => name))).toEqual(
        Array(3).fill(['A2', 'B']),
      )
    }))

  it('that cannot be loaded on a node that comes is told of, and the node has no part until it comes again', () =>
    onNodes([0], async ({ start, come, wires, failures, clock }) => {
      let broken = false
      const service = await start({ apps: [counted('A', () => broken)] })
      broken = true
      await come(1)
      expect(failures).toMatchObject([
        { app: 'A', event: 'its loading on n1:8021', error: { code: 'APP_LOAD' } },
      ])
      expect([names(service), service.client('n1:8021')?.state]).toEqual([['n0:8021'], 'connected'])
      broken = false
      wires[1]?.cut()
      await sleep(clock, 2000)
      expect(names(service)).toEqual(['n0:8021', 'n1:8021'])
    }))

  it('is loaded on none where it fails on one, and on no node that comes once the service drains', () =>
    onNodes([0, 1], async ({ start, come }) => {
      setUps.length = 0
      const service = await start({ apps: [] })
      let loads = 0
      const failing = service.load(counted('A', () => ++loads === 2))
      expect(await outcomeOf(failing)).toMatchObject({ code: 'APP_LOAD' })
      expect(setUps).toEqual(['A on n0:8021', 'A off n0:8021'])
      await service.load(counted('B'))
      void kept(service.drain())
      setUps.length = 0
      await come(2)
      expect(setUps).toEqual([])
    }))

  it('does not wait for a node that goes away while it is loaded', () =>
    onNodes([0, 1], async ({ start, come, wires }) => {
      const service = await start({ apps: [] })
      const slow: ClientApp = {
        name: 'Slow',
        on: { DTMF: () => undefined },
        async prepost({ client }) {
          if (client.name !== 'n1:8021') return
          ;(wires[1] as Wire).sim = undefined
          wires[1]?.cut()
          await client.api('status').catch(() => undefined)
        },
      }
      await service.load(slow)
      expect(names(service)).toEqual(['n0:8021'])
      await come(1)
      expect(names(service)).toEqual(['n0:8021', 'n1:8021'])
    }))
})
