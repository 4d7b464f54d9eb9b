import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeOriginate } from '../../lib/esl/originate.ts'
import type { OriginateOptions } from '../../lib/service/client.ts'
import { originateCommand } from '../../lib/service/originate-command.ts'

/** The same, made anew for each call. */
const encoded = (
  dest: string,
  uuid: string,
  token: string,
  { app, vars, ...options }: OriginateOptions,
): string => {
  const ids = { origination_uuid: uuid, 'sip_h_X-Switchix-Call': token }
  const own = app === undefined ? ids : { ...ids, 'sip_h_X-Switchix-App': app }
  return encodeOriginate({ ...options, dest, vars: { ...own, ...vars } })
}

const some = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

/** Few values of each, so that calls are often the same but for one of them. */
const options = fc.record(
  {
    app: some('a', 'b', "it's"),
    profile: some('external', 'internal'),
    gateway: some('trunk'),
    proxy: some('10.0.0.1:5060'),
    execute: some('park', 'echo'),
    executeArg: some('', 'x y'),
    timeout: some(1000, 30_000),
    callerIdName: some('Ann', 'Bob, Jr.'),
    callerIdNumber: some('100'),
    vars: some<OriginateOptions['vars']>(
      {},
      { a: 1, b: 2 },
      { b: 2, a: 1 },
      { a: '1' },
      { a: "1,'2" },
      { a: 1 },
    ),
  },
  { requiredKeys: [] },
)
const call = fc.tuple(
  some('park@10.0.0.1:5080', 'echo@10.0.0.1:5080'),
  fc.oneof(fc.uuid(), some('A', 'one call', "it's")),
  fc.oneof(fc.stringMatching(/^[\w-]{22}$/), some('B', 'two words')),
  options,
)

describe('the command of an originate', () => {
  it('is what encoding it anew would give, whatever the calls before were like', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
        for (const [address, uuid, token, rest] of calls) {
          // A gateway has the host.
          const dest = rest.gateway === undefined ? address : address.replace(/@.*/, '')
          expect(originateCommand(dest, uuid, token, rest)).toBe(encoded(dest, uuid, token, rest))
        }
      }),
    )
  })

  it('is made anew where somebody has changed the variables that it was given', () => {
    const vars: Record<string, string> = { a: '1' }
    const of = () => originateCommand('x@y', 'A', 'T', { vars })
    const first = of()
    vars['a'] = '2'
    const second = of()
    vars['b'] = '3'
    expect([first, second, of()].map((text) => /,(a=.*?})/.exec(text)?.[1])).toEqual([
      'a=1}',
      'a=2}',
      'a=2,b=3}',
    ])
  })

  it('of a uuid that cannot be carried is refused, as is a destination', () => {
    expect(() => originateCommand('x@y', 'A\nB', 'T', {})).toThrow(/CR, LF/)
    expect(() => originateCommand('x y', 'A', 'T', {})).toThrow(/a destination/)
  })
})
