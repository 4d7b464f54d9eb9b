import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBrackets } from '../../../fuzz/model/brackets.ts'
import { dialled, type Dialled } from '../../../fuzz/model/originate.ts'
import { dialString, isDialString } from '../../../lib/esl/dial-string.ts'
import { encodeDestination } from '../../../lib/esl/encode/destination.ts'
import type { Destination } from '../../../lib/esl/parties.ts'
import type { Vars } from '../../../lib/esl/encode/braces.ts'
import { HOSTILE } from './hostile-texts.ts'

/** What FreeSWITCH calls for it, by the model of its parsing: turns of legs, and the variables of all. */
const calls = (dest: Destination, vars: Vars = {}): Dialled => {
  const found = dialled(encodeDestination(dest, vars, {}))
  if (typeof found === 'string') throw new Error(found)
  return found
}

const endpoints = (dest: Destination): string[][] =>
  calls(dest).parties.map((turn) => turn.map(({ dial }) => dial))

/** An enterprise originate: the variables of all, and the dial string of each. */
const enterprise = (text: string): { vars: Record<string, string>; calls: string[] } => {
  const read = createBrackets(text, '<', '>', ',')
  return { vars: Object.fromEntries(read?.pairs ?? []), calls: (read?.rest ?? text).split(':_:') }
}

const refused = (dest: unknown): void => {
  expect(() => encodeDestination(dest as Destination, {}, {})).toThrow(
    expect.objectContaining({ code: 'BAD_ARGUMENT' }),
  )
}

const value = fc.string({
  unit: fc.constantFrom(...`ab,|;'"\\ =:_[]<>{}^~nst%&`.split(/(?:)/)),
  maxLength: 10,
})

/** What the brackets of its place cannot carry is refused, and no matter here. */
const unlessRefused = (run: () => void): void => {
  try {
    run()
  } catch (error) {
    if ((error as { code?: string }).code !== 'BAD_ARGUMENT') throw error
  }
}

describe('a destination', () => {
  it.each(HOSTILE)('as a text never becomes more than one address: %j', (text) => {
    for (const place of [
      text,
      { dest: text },
      { dest: text, gateway: 'trunk' },
      { user: text },
      { loopback: text },
      { parties: [text] },
      { parties: ['a', { user: text }], strategy: 'in turn' },
    ])
      refused(place)
    refused({ dest: 'a', profile: `x${text}/y` })
    refused({ loopback: 'a', context: `${text}/y` })
  })

  it('through a gateway is a user part: the gateway has the host', () => {
    expect(endpoints({ dest: '100', gateway: 'trunk' })).toEqual([['sofia/gateway/trunk/100']])
    refused({ dest: '100@evil', gateway: 'trunk' })
  })

  it('of a loopback is an extension, not an application', () => {
    expect(endpoints({ loopback: '9664' })).toEqual([['loopback/9664/default/XML']])
    for (const loopback of ['app=park', 'APP=system']) refused({ loopback })
  })

  it('as a whole dial string is what a program made, and nothing that JSON, CSV or a configuration can hold', () => {
    const made = dialString('user/1000')
    expect(endpoints(made)).toEqual([['user/1000']])
    expect([isDialString(made), String(made), Object.isFrozen(made)]).toEqual([true, 'user/1000', true])
    const copies: unknown[] = [JSON.parse(JSON.stringify(made)), { ...JSON.parse('{"text":"user/1000"}') }]
    for (const forged of [
      ...copies,
      structuredClone({ text: 'user/1' }),
      'user/1000',
      { toString: () => 'user/1' },
    ]) {
      expect(isDialString(forged)).toBe(false)
      refused(forged)
    }
    expect(() => encodeDestination(dialString('user/${x}'), {}, {})).toThrow(/expand: true/)
    for (const text of ['', ' ', 'a\nb']) expect(() => dialString(text)).toThrow(/dial string/)
  })

  it('of several: together, in turn, and groups in groups', () => {
    const [a, b, c] = ['a@h', 'b@h', 'c@h'] as const
    const sofia = (name: string): string => `sofia/external/${name}`
    expect(endpoints({ parties: [a, b] })).toEqual([[sofia(a), sofia(b)]])
    expect(endpoints({ parties: [a, b], strategy: 'in turn' })).toEqual([[sofia(a)], [sofia(b)]])
    expect(endpoints({ parties: [{ parties: [a, b] }, c], strategy: 'in turn' })).toEqual([
      [sofia(a), sofia(b)],
      [sofia(c)],
    ])
    const all = encodeDestination(
      { strategy: 'enterprise', vars: { x: 1 }, parties: [a, { parties: [b, c], vars: { y: 2 } }] },
      { z: 3 },
      {},
    )
    expect(enterprise(all)).toEqual({
      vars: { z: '3', x: '1' },
      calls: [sofia(a), `{y=2}${sofia(b)},${sofia(c)}`],
    })
  })

  it('refuses groups that FreeSWITCH cannot nest, none at all, and what is no strategy', () => {
    refused({ parties: [{ parties: ['a'], strategy: 'in turn' }] })
    refused({ parties: [{ parties: ['a'] }] })
    refused({ parties: [{ parties: ['a'], strategy: 'enterprise' }], strategy: 'in turn' })
    for (const parties of [[], {}, 'a', undefined]) refused({ parties })
    refused({ parties: ['a'], strategy: 'at once' })
    refused({ parties: ['a', dialString('{x=y}user/1')] })
    refused({})
    refused(null)
    refused({ dest: dialString('user/1'), gateway: 'trunk' })
  })

  it('has times of its own for a party, in whole seconds, and a key to press, which is no application', () => {
    const found = calls({
      confirm: { key: '1', file: 'press one.wav', errorFile: 'no.wav', timeout: 2500 },
      parties: ['a', { dest: 'b', timeout: 1500, progressTimeout: 500, delay: 3000, vars: { x: 'y' } }],
    })
    expect(Object.fromEntries(found.vars)).toEqual({
      group_confirm_key: '1',
      group_confirm_file: 'press one.wav',
      group_confirm_error_file: 'no.wav',
      group_confirm_read_timeout: '2500',
    })
    expect(found.parties[0]?.map(({ vars }) => Object.fromEntries(vars))).toEqual([
      {},
      { x: 'y', leg_timeout: '2', leg_progress_timeout: '1', leg_delay_start: '3' },
    ])
    for (const key of ['exec', '', '12 3', '1234567890', 'x']) refused({ parties: ['a'], confirm: { key } })
    for (const ms of [0, -1, NaN, Infinity]) {
      refused({ parties: [{ dest: 'a', timeout: ms }] })
      refused({ parties: ['a'], confirm: { key: '1', timeout: ms } })
    }
  })

  it('carries each variable of all, of a group and of a party as exactly that value, or refuses it', () => {
    const property = fc.property(value, value, value, value, (all, group, first, second) => {
      unlessRefused(() => {
        const inner = {
          parties: [
            { dest: 'a', vars: { first, next: 'x' } },
            { dest: 'b', vars: { second } },
          ],
          vars: { group },
        }
        const found = calls({ strategy: 'in turn', parties: [inner, 'c'] }, { all, last: 'x' })
        const some = (vars: Vars) =>
          Object.fromEntries(Object.entries(vars).filter(([, each]) => each !== ''))
        // FreeSWITCH sets no variable of an empty value.
        const read = (pairs: Dialled['vars']) => some(Object.fromEntries(pairs))
        expect(read(found.vars)).toEqual(some({ all, last: 'x' }))
        const legs = found.parties.map((turn) => turn.map(({ vars }) => read(vars)))
        expect(legs).toEqual([[some({ group, first, next: 'x' }), some({ group, second })], [{}]])
      })
    })
    fc.assert(property, { numRuns: 5000 })
  })

  it('carries variables of all calls of an enterprise originate as exactly that value, or refuses them', () => {
    const property = fc.property(value, value, (one, other) => {
      unlessRefused(() => {
        const text = encodeDestination({ strategy: 'enterprise', parties: ['a', 'b'] }, { one, other }, {})
        const found = enterprise(text)
        expect(found.calls).toEqual(['sofia/external/a', 'sofia/external/b'])
        for (const [name, each] of Object.entries({ one, other }))
          if (each !== '') expect(found.vars[name]).toBe(each)
      })
    })
    fc.assert(property, { numRuns: 5000 })
  })

  it('as a dial string of several originates has its variables where all of them see them', () => {
    const text = encodeDestination(dialString('user/a:_:user/b'), { x: 'y' }, {})
    expect(enterprise(text)).toEqual({ vars: { x: 'y' }, calls: ['user/a', 'user/b'] })
  })
})
