import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvRow, restore } from '../../lib/measure/store/csv.ts'

const cell = (text: string | number): string => parse(csvRow([text, 'x']))[0]?.[0] ?? ''

describe('a text in a CSV file', () => {
  it.each(['=1+1', '@SUM(A1)', '+cmd|calc', '-2+3', '\tx', '\r=1', "'=1", '=HYPERLINK("a","b")'])(
    '%j is run by no spreadsheet, and read back as it was',
    (text) => {
      expect(cell(text)).toBe(`'${text}`)
      expect(restore(cell(text))).toBe(text)
    },
  )

  it('that is a number or a telephone number stays as it is, and so does a number', () => {
    expect(['+4930123456', '-1.5', '100'].map(cell)).toEqual(['+4930123456', '-1.5', '100'])
    expect([cell(-1.5), cell("it's"), cell("'quoted'")]).toEqual(['-1.5', "it's", "'quoted'"])
  })

  it('begins with nothing that runs, and is read back as it was, whatever it is', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '1', '"') }),
    )
    fc.assert(
      fc.property(text, (value) => {
        expect(restore(cell(value))).toBe(value)
        expect(cell(value)).toMatch(/^(?![=@\t\r])(?:[^+-]|[+-]\d+(?:\.\d+)?$|$)/)
      }),
    )
  })
})
