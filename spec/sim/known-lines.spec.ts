import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asSent, header } from '../../lib/sim/events/encode.ts'
import { headerLine, knownLines, lineOf } from '../../lib/sim/events/known-lines.ts'
import { microText } from '../../lib/sim/events/micro-text.ts'

const values = fc.array(
  fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', '  a', 'true', 'a%20b')),
  { maxLength: 40 },
)

describe('lines that are known by their values', () => {
  test('are those that are made anew, whatever came before', () => {
    fc.assert(
      fc.property(values, (all) => {
        const lines = knownLines('Application-Data')
        for (const value of [...all, ...all])
          expect(headerLine(lines, value)).toBe(header('Application-Data', value))
      }),
    )
  })

  test('say of a value that looks encoded that it has to be mended', () => {
    const lines = knownLines('variable_a')
    for (const value of ['a%20b', 'a%20b', '100%', 'a b'])
      expect(lineOf(lines, value).literal).toBe(
        asSent(lineOf(lines, value).text) !== lineOf(lines, value).text,
      )
  })

  test('are one string for a value that comes again', () => {
    const lines = knownLines('Application')
    lineOf(lines, 'park')
    expect(lineOf(lines, 'park')).toBe(lineOf(lines, 'park'))
  })

  test('are kept for few values, and for none where there are many', () => {
    const lines = knownLines('Application-UUID')
    for (let i = 0; i < 1000; i++) lineOf(lines, `value ${i}`)
    expect(lines.known).toBeUndefined()
    expect(lineOf(lines, 'value 1').text).toBe('\nApplication-UUID: value%201')
  })
})

describe('times as text', () => {
  test('are right also where two of them share a place', () => {
    const micros = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
    fc.assert(
      fc.property(micros, (steps) => {
        for (const step of [...steps, ...steps]) {
          const micro = 1_767_225_600_000_000 + step * 256_000 + (step % 7)
          expect(microText(micro)).toBe(String(micro))
        }
        expect(microText(0)).toBe('0')
      }),
    )
  })
})
