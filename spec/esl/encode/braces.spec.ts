import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { encodeApplicationArgument } from '../../../lib/esl/encode/application-argument.ts'
import { encodeBraces, encodePartyVars } from '../../../lib/esl/encode/braces.ts'
import { encodeWord } from '../../../lib/esl/encode/word.ts'
import type { Pairs } from '../../../fuzz/model/brackets.ts'
import { expandVariables } from '../../../fuzz/model/expand.ts'
import { dialled } from '../../../fuzz/model/originate.ts'
import { separate } from '../../../fuzz/model/strings.ts'
import { encoded, fromBytes, nastyText, toBytes } from './texts.ts'

const asText = (pairs: Pairs): string[][] => pairs.map(([name, value]) => [name, fromBytes(value)])

/** The variables that the switch reads in a dial string: of all, and of its first party. */
const received = (dial: string): { all: string[][]; first: string[][]; dial: string } => {
  const found = dialled(toBytes(dial))
  if (typeof found === 'string') throw new Error(`the switch says: ${found}`)
  const party = found.parties[0]?.[0]
  expect(found.nestedVars).toBe(false)
  return { all: asText(found.vars), first: asText(party?.vars ?? []), dial: party?.dial ?? '' }
}

/** Two values arrive: as variables of a call or of a party, after `rounds`. */
const arriveOrAreRefused = (
  encode: (vars: Record<string, string>) => string,
  rounds: (dial: string) => string,
  place: 'all' | 'first',
): void => {
  const property = fc.property(nastyText, nastyText, (a, b) => {
    const braces = encoded(() => encode({ a, b }))
    if (braces === undefined) return
    const found = received(rounds(`${braces}error/x`))
    expect(found[place]).toEqual([
      ['a', a],
      ['b', b],
    ])
    expect(found.dial).toBe('error/x')
  })
  fc.assert(property, { numRuns: 5000 })
}

const asOriginate = (dial: string): string =>
  fromBytes(separate(toBytes(`${encodeWord(dial)} &park()`), ' ', 10)[0] ?? '')
const asBridge = (dial: string): string =>
  fromBytes(expandVariables(toBytes(encodeApplicationArgument('bridge', dial))).text)

describe('variables in brackets', () => {
  it('each value of an originate arrives as exactly that value, or is refused', () => {
    arriveOrAreRefused(encodeBraces, asOriginate, 'all')
  })

  it('each value of a bridge arrives as exactly that value, or is refused', () => {
    arriveOrAreRefused(encodeBraces, asBridge, 'all')
  })

  it("each value of a party's own arrives as exactly that value, or is refused", () => {
    arriveOrAreRefused(encodePartyVars, asOriginate, 'first')
    arriveOrAreRefused(encodePartyVars, asBridge, 'first')
  })

  it('values of one party leave those of the next alone', () => {
    const party = (name: string): string => `${encodePartyVars({ [name]: `it's, a;b|c\\` })}error/${name}`
    const found = dialled(`${party('a')},${party('b')}|${party('c')}`)
    expect(found).toMatchObject({
      parties: [
        [
          { vars: [['a', `it's, a;b|c\\`]], dial: 'error/a' },
          { vars: [['b', `it's, a;b|c\\`]], dial: 'error/b' },
        ],
        [{ vars: [['c', `it's, a;b|c\\`]], dial: 'error/c' }],
      ],
    })
  })

  it("a caller's text opens no application, no header and no other party by a bridge's variables", () => {
    for (const name of [`Bob',execute_on_answer='system x`, 'a\\r\\nX-Evil: 1', `x}error/y`, `\\',b=c`]) {
      const braces = encoded(() => encodeBraces({ name }))
      if (braces !== undefined) expect(received(asBridge(`${braces}error/x`)).all).toEqual([['name', name]])
    }
  })

  it('an empty value takes the variable away', () => {
    expect(received(asOriginate(`${encodeBraces({ a: '', b: 'x' })}error/x`)).all).toEqual([
      ['a', ''],
      ['b', 'x'],
    ])
  })

  it('what would be an array, or let ${…} through for all, does neither', () => {
    expect(() => encodeBraces({ a: 'ARRAY::b' })).toThrow(/ARRAY::/)
    const braces = encodeBraces({ a: 'Origination_Nested_Vars=true' })
    expect(received(asBridge(`${braces}error/x`)).all).toEqual([['a', 'Origination_Nested_Vars=true']])
  })

  it('${…} is expanded before the braces are read where it is so at the switch, and not escaped for them', () => {
    const braces = encodeBraces({ a: `it's, \${api(x, y)}, ok` }, { expand: true, expandsFirst: true })
    const { text, expansions } = expandVariables(encodeApplicationArgument('bridge', braces, true), () => 'V')
    expect(expansions).toEqual(['api(x, y)'])
    expect(received(`${text}error/x`).all).toEqual([['a', `it's, V, ok`]])
  })

  it('plain values are sent as they are', () => {
    expect(encodeBraces({ a: '1000@10.0.0.1', loops: -1, ok: true })).toBe(
      '{a=1000@10.0.0.1,loops=-1,ok=true}',
    )
    expect(encodeBraces({})).toBe('')
    expect(encodePartyVars({ leg_timeout: 10, b: 'x' })).toBe('[^^;leg_timeout=10;b=x]')
    expect(encodePartyVars({})).toBe('')
  })
})
