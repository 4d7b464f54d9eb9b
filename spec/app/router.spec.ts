import { describe, expect, test } from 'vitest'
import { route, stopRouting, type Route } from '../../lib/app/route.ts'
import { router, type RouterOptions } from '../../lib/app/router.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
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
})
