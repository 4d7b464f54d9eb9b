import { describe, expect, expectTypeOf, test } from 'vitest'
import type { App } from '../../lib/app/app.ts'
import { bridge } from '../../lib/app/bridge-route.ts'
import { compose } from '../../lib/app/compose.ts'
import { route, stopRouting, type Route } from '../../lib/app/route.ts'
import { router, type Router, type RouterOptions } from '../../lib/app/router.ts'
import { sleep } from '../../lib/clock.ts'
import type { JobError } from '../../lib/errors.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientContext } from '../../lib/service/client.ts'
import { onEmbeddedSwitch } from '../service/on-embedded-switch.ts'
import { onTwoLegs } from './on-two-legs.ts'

/** Routes one call to `to`; gives what was noted, and the cause that the call ended with. */
const routed = async (
  to: string,
  routes: (note: (text: string) => void) => readonly Route[],
  options?: RouterOptions,
): Promise<{ seen: string[]; cause: string | undefined; failures: AppFailure[] }> => {
  const seen: string[] = []
  const failures: AppFailure[] = []
  let cause: string | undefined
  await onTwoLegs({
    to,
    apps: [
      router(
        routes((text) => seen.push(text)),
        options,
      ),
      { name: 'End', on: { CHANNEL_HANGUP: (sess) => void (cause ??= sess.cause) } },
    ],
    onAppError: (failure) => failures.push(failure),
  })
  return { seen, cause, failures }
}

describe('a router', () => {
  test('runs every route whose pattern matches, in order, with its match and its parameters', async () => {
    const { seen, cause } = await routed('15551234', (note) => [
      route(/^1(\d{3})/, (_, match, gateway) => note(`${match[1] ?? ''} by ${gateway}`), 'trunk'),
      route(/^2/, () => note('never')),
      route(/34$/, async (sess) =>
        note(`ends in 34: ${sess.direction} ${String((await sess.getVar('uuid')) === sess.uuid)}`),
      ),
    ])
    expect(seen).toEqual(['555 by trunk', 'ends in 34: inbound true'])
    expect(cause).toBe('NORMAL_CLEARING')
  })

  test('stops where a route says so', async () => {
    const { seen } = await routed('100', (note) => [
      route(/^1/, () => {
        note('first')
        stopRouting()
      }),
      route(/^1/, () => note('second')),
    ])
    expect(seen).toEqual(['first'])
  })

  test.each([
    [{}, 'NO_ROUTE_DESTINATION'],
    [{ cause: 'CALL_REJECTED' }, 'CALL_REJECTED'],
    [{ rejectOnGuard: false }, 'NORMAL_CLEARING'],
  ] as const)('hangs up what no route matches: %o', async (options, expected) => {
    expect(await routed('100', () => [route(/^2/, () => undefined)], options)).toMatchObject({
      cause: expected,
    })
  })

  test('hangs up what does not pass its guards', async () => {
    const options = { guards: { 'Caller-Destination-Number': /^9/ } }
    const { seen, cause } = await routed('100', (note) => [route(/./, () => note('matched'))], options)
    expect({ seen, cause }).toEqual({ seen: [], cause: 'NO_ROUTE_DESTINATION' })
  })

  test('a route that fails is reported and does not keep the next from being tried', async () => {
    const { seen, failures } = await routed('100', (note) => [
      route(/^1/, () => {
        throw new Error('broken')
      }),
      route(/^1/, () => note('second')),
    ])
    expect(seen).toEqual(['second'])
    expect(failures).toMatchObject([{ app: 'Router', event: 'CHANNEL_PARK', error: { message: 'broken' } }])
  })

  test('matches any header', async () => {
    const { seen } = await routed('100', (note) => [
      route(/^inbound$/, () => note('by direction'), undefined, 'Call-Direction'),
    ])
    expect(seen).toEqual(['by direction'])
  })

  test('all guards must hold, and a header that is missing holds none', async () => {
    const inbound = { 'Call-Direction': 'inbound' }
    for (const [more, cause] of [
      [{}, 'NORMAL_CLEARING'],
      [{ 'Caller-Context': /^def/g }, 'NORMAL_CLEARING'],
      [{ 'Caller-Context': 'public' }, 'NO_ROUTE_DESTINATION'],
      [{ variable_no_such: /.*/ }, 'NO_ROUTE_DESTINATION'],
    ] as const) {
      const { seen, cause: found } = await routed('100', (note) => [route(/./, () => note('routed'))], {
        guards: { ...inbound, ...more },
      })
      expect([seen.length, found]).toEqual([cause === 'NORMAL_CLEARING' ? 1 : 0, cause])
    }
  })

  test('a pattern or a cause that is none is refused when it is made', () => {
    expect(() => route('^(1', () => undefined)).toThrow(
      /^expected a regular expression as the pattern of a route/,
    )
    expect(() => router([], { cause: 'NO_ROUTE' })).toThrow(
      'expected a hangup cause such as NO_ROUTE_DESTINATION, got "NO_ROUTE"',
    )
  })

  test('expressions have no memory of the calls before, whatever their flags', async () => {
    const seen: string[] = []
    const app = router([route(/^1/gy, () => seen.push('routed'))], { guards: { 'Call-Direction': /in/g } })
    await onTwoLegs({ to: '100', calls: 3, apps: [app] })
    expect(seen).toHaveLength(3)
  })

  test('a header that is missing matches no route', async () => {
    const { seen, cause } = await routed('100', (note) => [
      route(/.*/, () => note('never'), undefined, 'variable_no_such'),
    ])
    expect({ seen, cause }).toEqual({ seen: [], cause: 'NO_ROUTE_DESTINATION' })
  })

  test('routes may be added and taken away while calls come', async () => {
    const seen: string[] = []
    const second = route(/^1/, () => seen.push('second'))
    const app = router([
      route(/^1/, () => {
        seen.push('first')
        // The call that is being routed keeps the routes that it found.
        if (!app.routes.includes(second)) app.add(second)
        else expect(app.remove(second)).toBe(true)
      }),
    ])
    await onTwoLegs({ to: '100', calls: 3, apps: [app] })
    expect(seen).toEqual(['first', 'first', 'second', 'first'])
    expect([app.remove(second), app.remove(second), app.routes.length]).toEqual([true, false, 1])
  })

  test('the groups of a match are there by number and by name, and typed where the pattern is a text', async () => {
    const { seen } = await routed('18005551234', (note) => [
      route('^1(?<area>\\d{3})(?<line>\\d+)$', (_, { groups: { area, line } }) => {
        expectTypeOf(area).toEqualTypeOf<string>()
        note(`${area} ${line}`)
      }),
      route('^1(?<area>\\d{3})?(?<rest>.*)$', (_, { groups }) => {
        expectTypeOf(groups.area).toEqualTypeOf<string | undefined>()
        expectTypeOf(groups).not.toHaveProperty('line')
        note(groups.rest ?? '')
      }),
      route(/^1(?<area>\d{3})/, (_, { 1: first, groups }) => {
        expectTypeOf(groups).toEqualTypeOf<Readonly<Record<string, string | undefined>>>()
        note(`${first ?? ''} ${groups['area'] ?? ''} ${groups['nosuch'] ?? 'none'}`)
      }),
      route(/^1/, (_, { groups }) => note(JSON.stringify(groups))),
    ])
    expect(seen).toEqual(['800 5551234', '5551234', '800 800 none', '{}'])
  })

  test('a route ends the chain with the call as it is: it goes on', async () => {
    let state: unknown
    await routed('101', () => [
      route(/^101$/, async (sess) => {
        await sess.answer()
        state = [sess.answered, sess.hungup]
        stopRouting()
      }),
      route(/^101$/, (sess) => sess.hangup('CALL_REJECTED')),
    ]).then(({ cause }) => expect(cause).toBe('NORMAL_CLEARING'))
    expect(state).toEqual([true, false])
  })

  test('the caller hangs up in the middle of a route: no later route is tried, and nothing has failed', async () => {
    const { seen, failures } = await routed('100', (note) => [
      route(/^1/, async (sess) => {
        note('waiting')
        await sess.recv('DTMF')
      }),
      route(/^1/, () => note('never')),
    ])
    expect([seen, failures]).toEqual([['waiting'], []])
  })

  test('may wait for events that it has subscribed to', async () => {
    const { seen } = await routed(
      '100',
      (note) => [
        route(/.+/, async (sess, [number]) => {
          await sess.answer()
          void sess.playback('test/half.wav')
          await sess.recv('PLAYBACK_START')
          await sess.recv('PLAYBACK_STOP')
          note(`played to ${number}`)
          await sess.hangup()
        }),
      ],
      { subscribe: ['PLAYBACK_START', 'PLAYBACK_STOP'] },
    )
    expect(seen).toEqual(['played to 100'])
  })
})

describe('several routers', () => {
  /** Whether a call to 100 survives these, and in which of them it was routed. */
  const through = async (...routers: readonly Router[]): Promise<string | undefined> => {
    let cause: string | undefined
    await onTwoLegs({
      to: '100',
      apps: [...routers, { name: 'End', on: { CHANNEL_HANGUP: (sess) => void (cause ??= sess.cause) } }],
    })
    return cause
  }
  const ours = (options?: RouterOptions): Router => router([route(/^1/, (sess) => sess.answer())], options)
  const theirs = (options?: RouterOptions): Router =>
    router([route(/^2/, (sess) => sess.answer())], { name: 'Other', ...options })

  test.each([
    ['first', () => [ours(), theirs()]],
    ['last', () => [theirs(), ours()]],
  ] as const)(
    'a call that one of them has a route for is not rejected by another (%s)',
    async (_, routers) => {
      expect(await through(...routers())).toBe('NORMAL_CLEARING')
    },
  )

  test('a call that none of them has a route for is rejected', async () => {
    expect(await through(theirs(), theirs({ name: 'Third' }))).toBe('NO_ROUTE_DESTINATION')
  })

  test('one whose guards do not hold rejects the call, unless it is told not to', async () => {
    const guards = { 'Caller-Direction': 'doggy' }
    expect(await through(ours(), theirs({ guards }))).toBe('NO_ROUTE_DESTINATION')
    expect(await through(theirs({ guards, rejectOnGuard: false }), ours())).toBe('NORMAL_CLEARING')
  })

  test('they may be one app', async () => {
    let cause: string | undefined
    const end: App = { name: 'End', on: { CHANNEL_HANGUP: (sess) => void (cause ??= sess.cause) } }
    await onTwoLegs({ to: '100', apps: [compose<ClientContext>(theirs(), ours(), end)] })
    expect(cause).toBe('NORMAL_CLEARING')
  })
})

/** Places one call to `number`, through these routes; outside, 192.0.2.1 answers and nobody else does. */
const calling = (
  number: string,
  routes: readonly Route[],
  run: (at: {
    outcome: string
    caller: Session
    failures: unknown[]
    wait(ms: number): Promise<void>
  }) => unknown,
): Promise<void> =>
  onEmbeddedSwitch(
    async ({ client, clock, failures }) => {
      const job = client.originate(`${number}@127.0.0.1:5080`)
      const outcome = await job.then(
        () => 'answered',
        (error: unknown) => (error as JobError).reply,
      )
      await sleep(clock, 100)
      await run({ outcome, caller: job.session as Session, failures, wait: (ms) => sleep(clock, ms) })
      await client.hupall()
      await sleep(clock, 1000)
      expect(client.countSessions()).toBe(0)
    },
    {
      apps: [router(routes)],
      sim: {
        calledParty: ({ host }) =>
          host === '192.0.2.1' ? { answerAfter: 50 } : { reject: { after: 20, status: 486 } },
      },
    },
  )

describe('routes that bridge by hand', () => {
  test('a later route may hang the call up that an earlier one has bridged', () => {
    const called: string[] = []
    return calling(
      'bridge_hangup',
      [
        route(/^bridge/, async (sess) => {
          called.push('bridge')
          await sess.bridge({ proxy: '192.0.2.1:5060' })
        }),
        route(/hangup$/, async (sess) => {
          called.push('hangup')
          await sess.sleep(2000)
          await sess.hangup()
        }),
        route(/^reject/, (sess) => sess.respond(407)),
      ],
      async ({ outcome, caller, failures, wait }) => {
        expect([outcome, caller.hungup]).toEqual(['answered', false])
        await wait(2500)
        expect([caller.hungup, called, failures]).toEqual([true, ['bridge', 'hangup'], []])
      },
    )
  })
})

describe('the route function bridge', () => {
  const bridged = (
    routes: readonly Route[],
    run: (at: { outcome: string; legs: readonly Session[]; failures: unknown[] }) => void,
  ): Promise<void> =>
    calling('18005551234', routes, ({ caller, ...at }) => run({ ...at, legs: caller.call.sessions.slice(2) }))
  const numbers = (legs: readonly Session[]): (string | undefined)[] =>
    legs.map((leg) => leg.get('Caller-Destination-Number'))

  test('fills groups of the match into the destination', () =>
    bridged(
      [route('^1(\\d{3})(?<line>\\d+)$', bridge, { dest: '$1-$<line>-$3-$$1@192.0.2.1' })],
      ({ outcome, legs, failures }) => {
        expect([outcome, numbers(legs), failures]).toEqual(['answered', ['800-5551234--$1'], []])
      },
    ))

  test('without parameters, to the Request-URI; a proxy is the first hop', () =>
    bridged([route(/^1/, bridge, { proxy: '192.0.2.1:5060' })], ({ legs }) => {
      expect(numbers(legs)).toEqual(['18005551234'])
    }))

  test('ends the routing', () => {
    const seen: string[] = []
    return bridged(
      [route(/^1/, bridge, { proxy: '192.0.2.1:5060' }), route(/^1/, () => seen.push('never'))],
      ({ outcome }) => expect([outcome, seen]).toEqual(['answered', []]),
    )
  })

  test('hands the cause of a failure on to the caller, and has not failed itself', () => {
    const seen: string[] = []
    return bridged(
      [route(/^1/, bridge, { proxy: '192.0.2.9:5060' }), route(/^1/, () => seen.push('never'))],
      ({ outcome, failures }) => expect([outcome, seen, failures]).toEqual(['USER_BUSY', [], []]),
    )
  })

  test('tries the next route where it shall continue on failure', () =>
    bridged(
      [
        route(/^1/, bridge, { proxy: '192.0.2.9:5060', continueOnFail: true }),
        route(/^1/, bridge, { proxy: '192.0.2.1:5060', continueOnFail: true }),
        route(/^1/, (sess) => sess.hangup('NO_ROUTE_TRANSIT_NET')),
      ],
      ({ outcome, legs, failures }) => {
        expect([outcome, legs.map(({ answered }) => answered), failures]).toEqual([
          'answered',
          [false, true],
          [],
        ])
      },
    ))

  test('reports a destination that cannot be', () =>
    bridged([route(/^1/, bridge, { dest: 'a b' }), route(/^1/, (sess) => sess.hangup())], ({ failures }) => {
      expect(failures).toMatchObject([{ app: 'Router', error: { code: 'BAD_ARGUMENT' } }])
    }))
})
