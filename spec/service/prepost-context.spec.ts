import { expect, expectTypeOf, it } from 'vitest'
import { compose } from '../../lib/app/compose.ts'
import type { Originator } from '../../lib/dial/originator.ts'
import { createOriginator } from '../../lib/dial/originator.ts'
import { connect } from '../../lib/service/connect.ts'
import type { ClientApp, ClientContext } from '../../lib/service/client.ts'
import type { LoadControl } from '../../lib/service/load-control.ts'
import { createPool, type Pool } from '../../lib/service/pool.ts'
import { serve } from '../../lib/service/serve.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { ITSELF } from './on-embedded-switch.ts'

/** Keeps what its prepost was given. */
const curious = (name = 'Curious') => {
  const given: ClientContext[] = []
  const app: ClientApp = { name, prepost: (context) => void given.push(context) }
  return { app, given }
}

const twoSwitches = async () => {
  const clock = virtualClock()
  const switches = await Promise.all(
    [1, 2].map((seed) => simulate({ clock, transport: 'memory', seed, hostname: `sim${seed}` })),
  )
  return { clock, switches }
}

it('a prepost is given the pool that its app was loaded by, on each of its nodes', async () => {
  const { clock, switches } = await twoSwitches()
  const [first, second, replaced] = [curious('First'), curious('Second'), curious('Other')]
  await clock.run(
    (async () => {
      await using pool = await createPool(switches, { clock, apps: [first.app] })
      const loaded = await pool.load(compose(second.app, curious('Third').app), { id: 'other' })
      await pool.replace(loaded, replaced.app)
      for (const { given } of [first, second, replaced])
        expect(given.map((context) => [context.client.name, context.pool === pool])).toEqual(
          pool.clients.map(({ name }) => [name, true]),
        )
      await using service = await serve(switches, { clock, apps: [first.app] })
      expect(first.given.at(-1)?.pool).toBe(service)
      expect(first.given.at(-1)?.originator).toBeUndefined()
    })(),
  )
})

it('a prepost is given neither a pool nor an originator where a client alone loads its app', async () => {
  const { clock, switches } = await twoSwitches()
  const { app, given } = curious()
  await clock.run(
    (async () => {
      await using client = await connect(switches[0] as never, { clock, apps: [app] })
      expect(given.map(({ id, pool, originator }) => [id, pool, originator])).toEqual([
        ['default', undefined, undefined],
      ])
      await client.close()
    })(),
  )
})

it('a prepost is given the originator that its app was loaded for, and can end the run by it', async () => {
  const { clock, switches } = await twoSwitches()
  let control: LoadControl | undefined
  let answered = 0
  const measurer = curious('Measurer')
  const enough: ClientApp = {
    name: 'Enough',
    prepost({ originator }) {
      control = originator
      expect([originator?.state, originator?.settings.rate]).toEqual(['INITIAL', 10])
      originator?.set({ rate: 20 })
    },
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction === 'inbound') await sess.answer()
      },
      CHANNEL_ANSWER(sess) {
        if (sess.direction === 'outbound' && ++answered === 5) control?.stop()
      },
    },
  }
  await clock.run(
    (async () => {
      await using dialer = await createOriginator(switches.slice(0, 1), {
        clock,
        dest: ITSELF,
        app: enough,
        measurers: [measurer.app],
        rate: 10,
        maxOffered: 100,
        duration: 100,
      })
      expect(control).toBe(dialer)
      expect(measurer.given.map(({ originator }) => originator === dialer)).toEqual([true])
      expect(dialer.settings.rate).toBe(20)
      dialer.start()
      await dialer.ended
      expect(dialer.summary().offered).toBeLessThan(10)
    })(),
  )
})

it('a run whose app cannot be set up leaves nothing behind', async () => {
  const { clock, switches } = await twoSwitches()
  const broken: ClientApp = {
    name: 'Broken',
    prepost() {
      throw new Error('no database')
    },
  }
  const failed = expect(
    clock.run(createOriginator(switches, { clock, dest: ITSELF, app: broken, rate: 10 })),
  ).rejects.toMatchObject({ code: 'APP_LOAD', message: expect.stringContaining('no database') as string })
  await failed
  for (const sw of switches) await sw.close()
  await clock.advance(0)
  expect(clock.pending).toBe(0)
})

it('an originator is all that a prepost is given of it', () => {
  expectTypeOf<Originator>().toExtend<LoadControl>()
  expectTypeOf<ClientContext['pool']>().toEqualTypeOf<Pool | undefined>()
})
