import { describe, expect, test } from 'vitest'
import type { App } from '../../lib/app/app.ts'
import { compose } from '../../lib/app/compose.ts'
import { guard, inbound, outbound, tap } from '../../lib/app/guard.ts'
import { weighted } from '../../lib/app/weighted.ts'
import { createMeasure } from '../../lib/app/measure.ts'
import { withTimeout } from '../../lib/app/with-timeout.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import { onTwoLegs } from './on-two-legs.ts'

describe('compose', () => {
  test('calls the functions of all apps, in their order, each with a mailbox of its own', async () => {
    const seen: string[] = []
    const reader = (name: string): App => ({
      name,
      on: {
        async CHANNEL_PARK(sess) {
          seen.push(name)
          seen.push(`${name} ${(await sess.recv('CHANNEL_ANSWER')).name}`)
        },
      },
    })
    await onTwoLegs({ apps: [inbound(compose(reader('a'), reader('b')))] })
    expect(seen).toEqual(['a', 'b', 'a CHANNEL_ANSWER', 'b CHANNEL_ANSWER'])
  })

  test('sets up in order, takes down in reverse, and undoes what was set up where one fails', async () => {
    const seen: string[] = []
    const app = (name: string, fails = false): App => ({
      name,
      async *prepost() {
        seen.push(`+${name}`)
        if (fails) throw new Error(`${name} broke`)
        yield
        await Promise.resolve()
        seen.push(`-${name}`)
      },
    })
    await onTwoLegs({ apps: [compose(app('a'), app('b'))] })
    expect(seen.splice(0)).toEqual(['+a', '+b', '-b', '-a'])
    await expect(onTwoLegs({ apps: [compose(app('a'), app('b', true), app('c'))] })).rejects.toThrow(
      'b broke',
    )
    expect(seen).toEqual(['+a', '+b', '-a'])
  })

  test('subscribes to what any of them waits for, and is named after all of them', () => {
    const a: App = { name: 'a', subscribe: ['DTMF'] }
    const b: App = { name: 'b', subscribe: ['DTMF', 'TALK'] }
    expect(compose(a, b)).toMatchObject({ name: 'a+b', subscribe: ['DTMF', 'TALK'] })
  })
})

describe('guard, inbound, outbound and tap', () => {
  const noting = (seen: string[]): App => ({
    name: 'Noting',
    on: { CHANNEL_CREATE: (sess) => void seen.push(sess.direction) },
    async flow(sess) {
      seen.push(`flow ${sess.direction}`)
      await sess.recv('CHANNEL_HANGUP')
    },
  })

  test.each([
    ['inbound', inbound, ['flow inbound', 'inbound']],
    ['outbound', outbound, ['flow outbound', 'outbound']],
  ])('%s lets only such sessions through, to functions and flows', async (_, only, expected) => {
    const seen: string[] = []
    await onTwoLegs({ apps: [only(noting(seen))] })
    expect(seen).toEqual(expected)
  })

  test('a guard looks at the session and the event', async () => {
    const seen: string[] = []
    await onTwoLegs({ apps: [guard((_, event) => event.get('Call-Direction') === 'inbound', noting(seen))] })
    expect(seen).toEqual(['flow inbound', 'inbound'])
  })

  test('tap looks at what the functions are given, and changes nothing', async () => {
    const seen: string[] = []
    await onTwoLegs({
      apps: [inbound(tap((sess, { name }) => seen.push(`tap ${name} ${sess.direction}`), noting(seen)))],
    })
    expect(seen).toEqual([
      'tap CHANNEL_CREATE inbound',
      'flow inbound',
      'tap CHANNEL_CREATE inbound',
      'inbound',
    ])
  })
})

describe('what composed apps measure', () => {
  const measuring = (name: string): App => ({
    name,
    on: { CHANNEL_PARK: () => undefined },
    measure: createMeasure({ n: 'number' }).measure,
  })
  const plain: App = { name: 'Plain', on: { CHANNEL_PARK: () => undefined } }

  test('is kept by compose, weighted, guard and withTimeout: of one as it is, of several each by its name', () => {
    const [a, b] = [measuring('A'), measuring('B')]
    expect(compose(a, plain).measure).toBe(a.measure)
    expect(withTimeout(5, inbound(a)).measure).toBe(a.measure)
    const both = [
      { name: 'A', measure: a.measure },
      { name: 'B', measure: b.measure },
    ]
    expect(compose(a, plain, b).measure?.parts).toEqual(both)
    expect(
      weighted([
        [a, 1],
        [compose(b, plain), 1],
      ]).measure?.parts,
    ).toEqual([both[0], { name: 'B+Plain', measure: b.measure }])
    expect(compose(a, a).measure).toBe(a.measure)
    expect('measure' in compose(plain)).toBe(false)
  })
})

describe('withTimeout', () => {
  test('what a function waits for rejects when its time is up; it can catch that and go on', async () => {
    const seen: unknown[] = []
    const app: App = {
      name: 'Slow',
      subscribe: ['DTMF'],
      on: {
        async CHANNEL_PARK(sess) {
          await sess.recv('DTMF').catch((error: unknown) => seen.push(error))
          seen.push((await sess.getVar('uuid')) === sess.uuid)
        },
      },
    }
    await onTwoLegs({ apps: [inbound(withTimeout(50, app))] })
    expect(seen).toEqual([expect.objectContaining({ code: 'TIMEOUT', timeoutMs: 50 }), true])
  })

  test('a function that lets it through has failed, and is reported', async () => {
    const failures: AppFailure[] = []
    const app: App = { name: 'Slow', on: { CHANNEL_PARK: (sess) => sess.recv('DTMF') } }
    await onTwoLegs({
      apps: [inbound(withTimeout(50, app))],
      onAppError: (failure) => failures.push(failure),
    })
    expect(failures).toEqual([expect.objectContaining({ app: 'Slow', event: 'CHANNEL_PARK' })])
  })
})

describe('weighted', () => {
  test('gives whole calls to its apps in the exact proportion of their weights', async () => {
    const seen: string[] = []
    const app = (name: string): App => ({
      name,
      on: { CHANNEL_CREATE: (sess) => void seen.push(`${name} ${sess.call.uuid}`) },
    })
    await onTwoLegs({
      apps: [
        weighted([
          [app('a'), 3],
          [app('b'), 1],
        ]),
      ],
      calls: 8,
    })
    const calls = new Set(seen)
    expect(calls.size).toBe(8)
    expect(seen).toHaveLength(16)
    expect([...calls].filter((call) => call.startsWith('a'))).toHaveLength(6)
  })

  test.each([0, -1, Number.NaN, Infinity])('refuses a weight of %d', (weight) => {
    expect(() => weighted([[{ name: 'a' }, weight]])).toThrow(/weight above 0 for a/)
  })
})
