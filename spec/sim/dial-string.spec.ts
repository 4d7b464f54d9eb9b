import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dialled } from '../../fuzz/model/originate.ts'
import { parseDialString } from '../../lib/sim/calls/dial-string.ts'
import { onEmbeddedSwitch } from '../service/on-embedded-switch.ts'
import { outcomeOf } from '../testing/promises.ts'

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    ',',
    '|',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '=',
    "'",
    '\\',
    ' ',
    '^^;',
    'x=y',
    '[x=y]',
    '[^^;a=1;b=2,3]',
    "[a='1,2']",
  ],
  ...['sofia/external/x', '{a=b,c=d}', '\\,', '\\|', '\\s', "''"],
)

type Leg = readonly [vars: object, dial: string]

/** Without empty legs, of which nothing comes. */
const whole = (groups: readonly (readonly Leg[])[]): unknown =>
  groups.map((legs) => legs.filter(([, dial]) => dial !== '')).filter((legs) => legs.length > 0)

const byModel = (text: string): unknown => {
  const found = dialled(text)
  if (typeof found === 'string') return found
  return whole(
    found.parties.map((turn) => turn.map(({ vars, dial }) => [Object.fromEntries(vars), dial.trim()])),
  )
}

const byEmbeddedSwitch = (text: string): unknown => {
  const found = parseDialString(text)
  if (!found) return 'parse error'
  return found.groups.length === 0
    ? 'nothing to do'
    : whole(
        found.groups.map((group) =>
          group.map(({ variables, endpoint }) => [Object.fromEntries(variables), endpoint.trim()]),
        ),
      )
}

const sim = {
  dialplan: ({ destination }: { destination: string }) =>
    destination === 'busy' ? [{ app: 'respond', arg: '486' }] : [{ app: 'answer' }, { app: 'park' }],
}
const at = (user: string): string => `${user}@127.0.0.1:5080`

describe('a dial string of the embedded switch', () => {
  it('is read in the rounds of FreeSWITCH', () => {
    const property = fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      expect([text, byEmbeddedSwitch(text)]).toEqual([text, byModel(text)])
    })
    fc.assert(property, { numRuns: 5000 })
  })

  it('calls parties together and in turn, with variables of their own as they were given', () =>
    onEmbeddedSwitch(
      async ({ client }) => {
        for (const strategy of ['together', 'in turn'] as const) {
          const mine = `it's, "x" | [y] a;b=c\\d`
          const sess = await client.originate({
            strategy,
            parties: [at('busy'), { dest: at('answer'), vars: { mine, next: 'x' } }],
          })
          expect([await sess.getVar('mine'), await sess.getVar('next')]).toEqual([mine, 'x'])
          expect(sess.get('Caller-Destination-Number')).toBe('answer')
          await sess.hangup()
        }
      },
      { sim },
    ))

  it('is refused loudly where it asks for what is not modelled', () =>
    onEmbeddedSwitch(
      async ({ client }) => {
        const parties = [at('a'), at('b')]
        for (const dest of [
          { parties, strategy: 'enterprise' as const },
          { parties, confirm: { key: '1' } },
          { parties: [{ dest: at('a'), delay: 1000 }] },
        ])
          expect(await outcomeOf(client.originate(dest))).toMatchObject({
            code: 'JOB_FAILED',
            reply: expect.stringMatching(/is not modelled by the embedded switch/) as unknown,
          })
      },
      { sim },
    ))
})
