import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RowOf } from '../../../lib/app/measure.ts'
import { readBatches } from '../../../lib/measure/store/read-rows.ts'
import { createRowStore, type RowStoreOptions } from '../../../lib/measure/store/row-store.ts'

const COLUMNS = { text: 'text', n: 'number' } as const
type TextRow = RowOf<typeof COLUMNS>

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-store-'))
})
afterAll(() => rm(dir, { recursive: true }))

const write = async (path: string, rows: readonly TextRow[], options?: RowStoreOptions): Promise<void> => {
  const store = await createRowStore<TextRow>(path, COLUMNS, options)
  for (const row of rows) store.append(row)
  await store.close()
}

const read = async (path: string): Promise<TextRow[]> => {
  const all: TextRow[] = []
  for await (const rows of readBatches(path, COLUMNS, 'text')) all.push(...rows)
  return all
}

let files = 0
const fresh = (ending: string): string => join(dir, `${files++}.${ending}`)

describe.each(['csv', 'ndjson'])('a store in .%s', (ending) => {
  test('any rows are read back as they were, with their types; nothing is undefined', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '"', ',', '\n', '\r', ' '), minLength: 1 })
    const row = fc.record({
      text: fc.option(text, { nil: undefined }),
      n: fc.option(fc.double({ noDefaultInfinity: true, noNaN: true }), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row), async (rows) => {
        const path = fresh(ending)
        await write(path, rows)
        // There is no minus nought in CSV and JSON.
        expect(await read(path)).toEqual(rows.map((each) => ({ ...each, n: each.n === 0 ? 0 : each.n })))
      }),
      { numRuns: 30 },
    )
  })

  test('cut off at any byte: the whole rows are read, and going on with it leaves none torn and none twice', async () => {
    const rows = Array.from({ length: 5 }, (_, n) => ({ text: `row "${n}",\nof 5`, n }))
    const path = fresh(ending)
    await write(path, rows)
    const bytes = await readFile(path)
    const more = { text: 'more', n: 99 }
    for (let cut = 0; cut <= bytes.length; cut += 3) {
      await writeFile(path, bytes.subarray(0, cut))
      const whole = await read(path)
      expect(whole).toEqual(rows.slice(0, whole.length))
      await write(path, [more], { append: true })
      expect(await read(path), `cut at ${cut}`).toEqual([...whole, more])
    }
  })

  test('an older file is replaced, unless it shall be gone on with', async () => {
    const path = fresh(ending)
    const [a, b, c] = ['a', 'b', 'c'].map((text, n) => ({ text, n })) as [TextRow, TextRow, TextRow]
    await write(path, [a])
    await write(path, [b])
    await write(path, [c], { append: true })
    expect(await read(path)).toEqual([b, c])
  })
})

test('lines of JSON are read as JSON has them, whoever wrote them: any order, any spaces, other fields', async () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '"', ',', ':', '{', '}', '\\', 'n', ' '), minLength: 1 }),
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    fc.constantFrom(null, true, { text: 'inner', n: 1 }, [1, 'text'], '"n":1', ',"text":"x"'),
  )
  const fields = fc.uniqueArray(fc.tuple(fc.constantFrom('text', 'n', 'other', 'tex', 'nn'), value), {
    selector: ([name]) => name,
  })
  const textOf = (each: unknown): string | undefined =>
    each === null || each === undefined || each === ''
      ? undefined
      : typeof each === 'string'
        ? each
        : JSON.stringify(each)
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { minLength: 1 }), fc.constantFrom('', ' '), async (rows, blank) => {
      const objects = rows.map((row) => Object.fromEntries(row) as Record<string, unknown>)
      const path = fresh('ndjson')
      const line = (row: [string, unknown][]): string =>
        `{${row.map(([name, each]) => `${JSON.stringify(name)}:${blank}${JSON.stringify(each)}`).join(`,${blank}`)}}\n`
      await writeFile(path, rows.map(line).join(''))
      expect(await read(path)).toEqual(
        objects.map(({ text, n }) => {
          const number = n === null || n === undefined || n === '' ? NaN : Number(n)
          return { text: textOf(text), n: Number.isNaN(number) ? undefined : number === 0 ? 0 : number }
        }),
      )
    }),
    { numRuns: 200 },
  )
})

test('rows are in the file when the turn of the event loop that they came in is over, all at one write', async () => {
  const path = fresh('csv')
  const store = await createRowStore<TextRow>(path, COLUMNS)
  store.append({ text: 'a', n: 1 })
  store.append({ text: 'b', n: 2 })
  await new Promise(setImmediate)
  expect(readFileSync(path, 'utf8')).toBe('text,n\na,1\nb,2\n')
  await store.close()
})

test('what cannot be written is told at the end, and nothing follows what was written of it', async () => {
  const store = await createRowStore<TextRow>('/dev/full', COLUMNS)
  store.append({ text: 'a', n: 1 })
  await expect(store.close()).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN', cause: { code: 'ENOSPC' } })
})

test('a CSV file of other columns is not gone on with', async () => {
  const path = fresh('csv')
  await appendFile(path, 'n,text\n1,a\n')
  await expect(write(path, [], { append: true })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: `cannot append to ${path}: its columns differ; name another file`,
  })
  expect(await readFile(path, 'utf8')).toBe('n,text\n1,a\n')
})

test('Parquet is refused, with what to do', async () => {
  await expect(write(join(dir, 'run.parquet'), [])).rejects.toThrow(/cannot be appended to; write \.csv/)
})

test('a path that cannot be written rejects before the first row', async () => {
  await expect(write(join(dir, 'no/such/dir.csv'), [])).rejects.toThrow('ENOENT')
})

test('a file that is not there, or has no such column, is refused when it is read', async () => {
  await expect(read(join(dir, 'none.csv'))).rejects.toMatchObject({ code: 'BAD_ARGUMENT' })
  const path = fresh('csv')
  await appendFile(path, 'a,b\n1,2\n')
  await expect(read(path)).rejects.toThrow(`expected ${path} to have a column text in its first line`)
})
