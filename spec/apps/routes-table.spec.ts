import { describe, expect, test } from 'vitest'
import { createBuiltIn, routesTable } from '../../lib/apps/index.ts'
import { onOneCaller, type Outcome } from '../app/on-one-caller.ts'

const TABLE = JSON.stringify({
  '^1(\\d+)$': { gateway: 'trunk', dest: '$1' },
  '^00': 403,
  '^5': { parties: ['a@192.0.2.1', { user: '100$1', timeout: 5000 }], strategy: 'in turn' },
  '^9': 'USER_BUSY',
  evil: { header: 'variable_sofia_profile_name', dest: 'never@192.0.2.1' },
})

const dialling = (number: string, options = ''): Promise<Outcome> =>
  onOneCaller(createBuiltIn(`Router/routes=${TABLE}${options}`), { number })

describe('Router by name', () => {
  test.each([
    ['15551234', ['bridge sofia/gateway/trunk/5551234'], undefined],
    ['0049', ['respond 403'], undefined],
    ['5', ['bridge sofia/external/a@192.0.2.1|[^^;leg_timeout=5]user/100'], undefined],
    ['9', [], 'USER_BUSY'],
    ['777', [], 'NO_ROUTE_DESTINATION'],
    ['1loopback/app=system:reboot', [], 'NO_ROUTE_DESTINATION'],
  ])('who dials %s gets what the table says', async (number, executed, hungUp) => {
    expect(await dialling(number)).toMatchObject({ executed, hungUp, failures: [] })
  })

  test('has guards, and a cause', async () => {
    const guarded = await dialling('15551234', ',guards={"Caller-Context":"other"},cause=CALL_REJECTED')
    expect([guarded.executed, guarded.hungUp]).toEqual([[], 'CALL_REJECTED'])
    const left = await dialling('777', ',rejectOnGuard=no')
    expect([left.executed, left.hungUp]).toEqual([[], undefined])
  })

  test('is the same in a program', async () => {
    const app = routesTable({ routes: { '^(?<n>\\d+)$': { dest: '$<n>@192.0.2.1' } } })
    expect((await onOneCaller(app, { number: '7' })).executed).toEqual(['bridge sofia/external/7@192.0.2.1'])
    expect(() => routesTable({ routes: { '(': 403 } })).toThrow(/expected routes of Router/)
  })
})
