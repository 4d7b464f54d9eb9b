import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { parseDialString } from '../../lib/sim/calls/dial-string.ts'
import { separate } from '../../lib/sim/calls/separate.ts'
import { expandText } from '../../lib/sim/execution/expand-text.ts'
import { expandVariables } from '../../fuzz/model/expand.ts'
import { dialled } from '../../fuzz/model/originate.ts'
import { separate as separateInC } from '../../fuzz/model/strings.ts'
import { nastyText, toBytes } from '../esl/encode/texts.ts'

/** Texts of the characters that the parsers look for. */
const syntax = fc.string({ unit: fc.constantFrom(...`\\'"$ {}[],|^;=nsta`.split(/(?:)/)), maxLength: 14 })

const bytes = nastyText.map(toBytes)

describe('the embedded switch reads as FreeSWITCH does, by a model of its C', () => {
  it('the argument of an application', () => {
    const scope = { variable: (name: string) => (/^[a-z]*$/.test(name) ? 'V' : ''), api: () => 'A' }
    const property = fc.property(fc.oneof(bytes, syntax), (text) => {
      const { text: expected, expansions } = expandVariables(text, () => 'V')
      // What is in the braces is the model's caller's to say.
      fc.pre(expansions.every((inner) => /^[a-z]*$/.test(inner)))
      expect(expandText(text, scope)).toBe(expected)
    })
    fc.assert(property, { numRuns: 5000 })
  })

  it('words, and what is cut at any delimiter', () => {
    const property = fc.property(
      fc.oneof(bytes, syntax),
      fc.constantFrom(' ', ',', '|', '=', '!'),
      (text, by) => {
        for (const most of [2, 3, 10]) expect(separate(text, by, most)).toEqual(separateInC(text, by, most))
      },
    )
    fc.assert(property, { numRuns: 5000 })
  })

  it('a dial string: braces, parties and their own variables', () => {
    const property = fc.property(syntax, syntax, (before, text) => {
      const dial = `${before}sofia/x/${text}`
      const expected = dialled(dial)
      fc.pre(typeof expected !== 'string' && !dial.startsWith('<') && !/[\x01\x02]/.test(dial))
      const found = parseDialString(dial)
      expect(found?.groups.map((group) => group.map(({ endpoint }) => endpoint))).toEqual(
        expected.parties.map((group) => group.map((party) => party.dial)),
      )
      expect([...(found?.variables ?? [])]).toEqual([...new Map(expected.vars)])
    })
    fc.assert(property, { numRuns: 5000 })
  })
})
