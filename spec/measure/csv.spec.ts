import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvRow } from '../../lib/measure/csv.ts'
import { createCsvStore } from '../../lib/measure/csv-store.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-csv-'))
})
afterAll(() => rm(dir, { recursive: true }))

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
          expect(readRow(csvRow(values))).toEqual(values)
        },
      ),
    )
  })

  test('undefined is an empty field', () => expect(csvRow(['a', undefined, 1.5])).toBe('a,,1.5\n'))

  test('a store writes its header and every row, in order', async () => {
    const path = join(dir, 'rows.csv')
    const store = await createCsvStore<{ n: number; text: string }>(path, ['n', 'text'])
    for (let n = 0; n < 1000; n++) store.append({ n, text: `row, ${n}` })
    await store.close()
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    expect(lines).toHaveLength(1001)
    expect(lines[0]).toBe('n,text')
    expect(lines[1000]).toBe('999,"row, 999"')
  })

  test('a path that cannot be written rejects before the first row', async () => {
    await expect(createCsvStore(join(dir, 'no/such/dir.csv'), [])).rejects.toThrow('ENOENT')
  })
})
