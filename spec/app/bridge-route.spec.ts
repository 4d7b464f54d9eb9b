import { describe, expect, test } from 'vitest'
import { bridge } from '../../lib/app/bridge-route.ts'
import { route } from '../../lib/app/route.ts'
import { router } from '../../lib/app/router.ts'
import { dialString } from '../../lib/esl/dial-string.ts'
import type { BridgeOptions } from '../../lib/model/verbs/bridge.ts'
import { HOSTILE } from '../esl/encode/hostile-texts.ts'
import { onOneCaller, type Outcome } from './on-one-caller.ts'

const routed = (number: string, to?: BridgeOptions): Promise<Outcome> =>
  onOneCaller(router([route('^(?<all>[^]*)$', bridge, to)]), { number })

const REFUSED = { executed: [], hungUp: 'INVALID_NUMBER_FORMAT', failures: [] }

describe('the route function bridge', () => {
  test.each([
    ['5551234', { gateway: 'trunk', dest: '$1' }, 'sofia/gateway/trunk/5551234'],
    ['5551234', { dest: '+$<all>@carrier.example' }, 'sofia/external/+5551234@carrier.example'],
    ['eu', { dest: 'sales@$1.example' }, 'sofia/external/sales@eu.example'],
    [
      '7',
      { parties: ['a$1@h', { user: '$1' }, { loopback: '$1' }], strategy: 'in turn' },
      'sofia/external/a7@h|user/7|loopback/7/default/XML',
    ],
    ['100', { gateway: 'trunk' }, 'sofia/gateway/trunk/100'],
    ['100', {}, 'sofia/external/100@switch'],
  ] as [string, BridgeOptions, string][])('who dials %s is bridged by %j', async (number, to, dialled) => {
    expect(await routed(number, to)).toMatchObject({ executed: [`bridge ${dialled}`], failures: [] })
  })

  const PLACES: readonly BridgeOptions[] = [
    { gateway: 'trunk', dest: '$1' },
    { dest: '$<all>@192.0.2.1' },
    { dest: { parties: ['x@192.0.2.1', { dest: '$1', gateway: 'trunk' }] } },
    { parties: ['x@192.0.2.1', { user: '$1' }], strategy: 'enterprise' },
    { dest: { loopback: '$1' } },
  ]
  // What a number begins with, the author may have written before it.
  const numbers = HOSTILE.filter((text) => text !== '' && !/^a@(?:\[::1|::1)$/.test(text))
  test.each(numbers)(
    'a caller who dials %j reaches nobody, wherever that is filled in, and is told 484',
    async (number) => {
      for (const to of PLACES) expect([to, await routed(number, to)]).toMatchObject([to, REFUSED])
    },
  )

  test('a group that chooses the host, or the whole address, is refused', async () => {
    expect(await routed('x@evil.example', { dest: '$1' })).toMatchObject(REFUSED)
    for (const host of ['evil.example/x', 'evil@example', 'evil:5060', 'evil;x', '[x=y]'])
      expect([host, await routed(host, { dest: `sales@$1` })]).toMatchObject([host, REFUSED])
  })

  test('what cannot be dialled safely is left to the next route, where it shall continue on failure', async () => {
    const seen: string[] = []
    const routes = [
      route('^(.*)$', bridge, { dest: '$1', continueOnFail: true }),
      route(/^/, (sess) => seen.push(sess.uuid)),
    ]
    expect(await onOneCaller(router(routes), { number: 'user/1000' })).toMatchObject({
      ...REFUSED,
      hungUp: undefined,
    })
    expect(seen).toEqual(['A'])
  })

  test('nothing of a match gets into a dial string', async () => {
    const { executed } = await routed('15', { dest: dialString('user/$1') })
    expect(executed).toEqual(['bridge user/$1'])
  })

  test('a destination that the author has misspelt is a failure, not the caller’s fault', async () => {
    const { failures, hungUp } = await routed('15', { dest: 'a b' })
    expect([failures.length, hungUp]).toEqual([1, undefined])
  })
})
