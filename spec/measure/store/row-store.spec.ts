import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RowOf } from '../../../lib/app/measure.ts'
import { readBatches } from '../../../lib/measure/store/read-rows.ts'
import { createRowStore, type RowStoreOptions } from '../../../lib/measure/store/row-store.ts'
import { virtualClock } from '../../../lib/testing/virtual-clock.ts'

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

test('rows wait 40 ms to be written together', async () => {
  const clock = virtualClock()
  const path = fresh('csv')
  const store = await createRowStore<TextRow>(path, COLUMNS, { clock })
  store.append({ text: 'a', n: 1 })
  store.append({ text: 'b', n: 2 })
  expect(await read(path)).toEqual([])
  const from = clock.now()
  await clock.run()
  expect(clock.now() - from).toBe(40)
  await expect.poll(() => read(path)).toHaveLength(2)
  await store.close()
})

test('a CSV file of other columns is not gone on with', async () => {
  const path = fresh('csv')
  await appendFile(path, 'n,text\n1,a\n')
  await expect(write(path, [], { append: true })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: `${path} has other columns, and cannot be gone on with; name another file`,
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
