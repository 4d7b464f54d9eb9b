import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRow, restore } from '../../../lib/measure/store/csv.ts'

/** A reader of RFC 4180, of one row. */
const readRow = (row: string): string[] => {
  const fields: string[] = ['']
  let quoted = false
  // A quote that follows a closing quote was one of two: it reopens, and stands for itself.
  let before = ''
  for (const char of row.slice(0, -1)) {
    const doubled = char === '"' && before === '"' && !quoted
    if (char === '"') quoted = !quoted
    if (char === ',' && !quoted) fields.push('')
    else if (char !== '"' || doubled) fields.push((fields.pop() ?? '') + char)
    before = doubled ? '' : char
  }
  return fields
}

describe('CSV', () => {
  test('any text is read back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '😀', '"', ',', '\n', '\r', ' ') }), {
          minLength: 1,
        }),
        (values) => {
          expect(readRow(csvRow(values)).map(restore)).toEqual(values)
        },
      ),
    )
  })

  test('undefined is an empty field', () => expect(csvRow(['a', undefined, 1.5])).toBe('a,,1.5\n'))
})
