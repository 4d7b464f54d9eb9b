import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentDecode, percentEncode } from '../../lib/esl/percent.ts'
import { encode } from '../../lib/sim/events/encode.ts'
import { separate } from '../../lib/sim/calls/separate.ts'

const text = fc.string({
  unit: fc.constantFrom('a', 'Z', '7', '-', '%', ' ', '@', ':', '\n', '"', 'é', '漢', '😀'),
})

describe('the text of the embedded switch', () => {
  test('is encoded as FreeSWITCH does it, and comes back; only a % is always encoded', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(percentDecode(encode(value))).toBe(value)
        if (!value.includes('%')) expect(encode(value)).toBe(percentEncode(value))
      }),
    )
  })

  test('is taken apart alike, whether or not something in it is protected', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', ' ', '=', 'b') })
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1 }), fc.integer({ min: 1, max: 4 }), (pieces, limit) => {
        const plain = pieces.join(',')
        // A last piece in quotes: all that is in front of it is read the long way.
        const [rest, quoted] = [
          separate(`${plain},c`, ',', limit + 1),
          separate(`${plain},'c'`, ',', limit + 1),
        ]
        expect(quoted.map((one) => one.replaceAll("'", ''))).toEqual(rest)
      }),
    )
  })
})
