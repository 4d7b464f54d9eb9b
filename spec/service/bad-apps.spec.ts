import { describe, expect, it } from 'vitest'
import { guard } from '../../lib/app/guard.ts'
import { route } from '../../lib/app/route.ts'
import { router } from '../../lib/app/router.ts'
import { sleep, type Clock } from '../../lib/clock.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { serve, type Service } from '../../lib/service/serve.ts'
import { simulate, type EmbeddedSwitch } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { outcomeOf } from '../testing/promises.ts'
import { answering, ITSELF } from './on-embedded-switch.ts'

interface Serving {
  readonly clock: Clock
  readonly service: Service
  readonly failures: AppFailure[]
  readonly sim: EmbeddedSwitch
}

/** Runs a spec with a service of a bad app and one that answers, in virtual time; nothing may be left then. */
const serving = async (bad: ClientApp, run: (at: Serving) => Promise<void>): Promise<void> => {
  const clock = virtualClock()
  const failures: AppFailure[] = []
  const body = async (): Promise<void> => {
    await using sim = await simulate({ clock, transport: 'memory', seed: 1 })
    const service = await serve([sim], {
      clock,
      apps: [bad, answering()],
      onAppError: (failure) => failures.push(failure),
    })
    await run({ clock, service, failures, sim })
    await service.close().catch(() => undefined)
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending, 'timers that are left').toBe(0)
}

const never = (): Promise<never> => new Promise(() => undefined)
const fail = (): never => {
  throw new Error('on purpose')
}

async function* hangingStream(sess: Session): AsyncGenerator {
  yield sess.uuid
  await never()
}

describe('an app that hangs', () => {
  const hanging: Record<string, ClientApp> = {
    'in a function of on': { name: 'Bad', on: { CHANNEL_PARK: never, CHANNEL_HANGUP: never } },
    'in a function of handle': { name: 'Bad', handle: { CHANNEL_CREATE: never } },
    'in its flow': { name: 'Bad', flow: never },
    'in the stream of its flow': { name: 'Bad', flow: hangingStream },
    'in a guard of its own': { name: 'Bad', on: { CHANNEL_PARK: (sess) => sess.recv('DTMF') } },
  }
  for (const [where, bad] of Object.entries(hanging))
    it(`${where} is in nobody's way, and not in that of the end`, () =>
      serving(bad, async ({ clock, service, failures, sim }) => {
        const calls = await Promise.all(Array.from({ length: 20 }, () => service.originate(ITSELF)))
        expect(calls.every(({ answered, peer }) => answered && peer?.answered)).toBe(true)
        const before = clock.now()
        expect(await service.shutDown({ grace: 1000 })).toBe(20)
        // The grace, the hangup, and 5 s for functions that do not listen.
        expect(clock.now() - before).toBeLessThan(8000)
        expect([failures, sim.channels()]).toEqual([[], 0])
      }))

  it('in the second half of its prepost gets ten seconds; the end goes on without it, and says so', () => {
    const bad: ClientApp = {
      name: 'Bad',
      async *prepost() {
        yield
        await never()
      },
    }
    return serving(bad, async ({ clock, service }) => {
      const before = clock.now()
      expect(await outcomeOf(service.shutDown({ grace: 1000 }))).toMatchObject({
        code: 'APP_LOAD',
        message: expect.stringMatching(/tear-down of app Bad failed: .* within 10000 ms/) as string,
      })
      // And a moment of the machine's own time, while a virtual clock goes on.
      expect(clock.now() - before).toBeGreaterThanOrEqual(10_000)
      expect(service.clients.map(({ connected }) => connected)).toEqual([false])
    })
  })
})

describe('an app that throws', () => {
  const throwing: Record<string, readonly [ClientApp, failuresOfACall: number]> = {
    'in a function of on': [{ name: 'Bad', on: { CHANNEL_PARK: fail, CHANNEL_DESTROY: fail } }, 4],
    'in a function of handle': [{ name: 'Bad', handle: { CHANNEL_CREATE: fail } }, 2],
    'in its flow': [{ name: 'Bad', flow: fail }, 2],
    'in the predicate of a guard': [guard(fail, { name: 'Bad', on: { CHANNEL_PARK: () => undefined } }), 2],
    'in a route': [router([route(/./, fail)], { name: 'Bad', rejectOnGuard: false }), 1],
    'something that is no error': [
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      { name: 'Bad', on: { CHANNEL_PARK: () => Promise.reject('no error') } },
      2,
    ],
  }
  for (const [where, [bad, expected]] of Object.entries(throwing))
    it(`${where} is told of each time, and the others go on`, () =>
      serving(bad, async ({ clock, service, failures, sim }) => {
        const call = await service.originate(ITSELF)
        expect([call.answered, call.peer?.answered]).toEqual([true, true])
        await call.hangup()
        await sleep(clock, 1000)
        expect(failures.map(({ app }) => app)).toEqual(Array(expected).fill('Bad'))
        expect([service.tally().total.appFailures, sim.channels()]).toEqual([expected, 0])
      }))

  it('in onCallEnd or onState keeps no other from being told', () =>
    serving({ name: 'Fine', on: { CHANNEL_PARK: () => undefined } }, async ({ clock, service }) => {
      const told: string[] = []
      const [client] = service.clients
      client?.onCallEnd(fail)
      client?.onCallEnd(() => told.push('ended'))
      client?.onState(fail)
      client?.onState(({ state }) => told.push(state))
      const call = await service.originate(ITSELF)
      await call.hangup()
      await sleep(clock, 1000)
      await service.shutDown()
      expect(told).toEqual(['ended', 'closed'])
    }))
})
