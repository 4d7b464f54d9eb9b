import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RowOf } from '../../../lib/app/measure.ts'
import { FileError } from '../../../lib/errors.ts'
import { readBatches } from '../../../lib/measure/store/read-rows.ts'
import { createRowStore, type RowStore } from '../../../lib/measure/store/row-store.ts'
import { canMount, mountSmall, type SmallDisk } from '../../small-disk.ts'

const COLUMNS = { text: 'text', n: 'number' } as const
type TextRow = RowOf<typeof COLUMNS>

let dir = ''
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'switchix-full-'))))
const disks: SmallDisk[] = []
afterEach(() => {
  for (const disk of disks.splice(0)) disk.unmount()
  rmSync(dir, { recursive: true, force: true })
})

const read = async (path: string): Promise<TextRow[]> => {
  const all: TextRow[] = []
  for await (const rows of readBatches(path, COLUMNS, 'text')) all.push(...rows)
  return all
}

const fill = (store: RowStore<TextRow>, count: number, from = 0): void => {
  for (let n = from; n < from + count; n++) store.append({ text: `row ${n} ${'x'.repeat(500)}`, n })
}

/** One that was told to close; the error that it met, where it met one. */
const closed = (store: RowStore<TextRow>): Promise<unknown> => store.close().catch((error: unknown) => error)

describe.skipIf(!canMount)('a store on a small disk that is full (needs root, for a tmpfs)', () => {
  test.each(['csv', 'ndjson'])(
    '.%s: rows written + rows counted as unwritten = rows appended, none of them torn',
    async (ending) => {
      const disk = mountSmall(dir, 65_536)
      disks.push(disk)
      const path = join(disk.path, `a.${ending}`)
      const told: FileError[] = []
      const store = await createRowStore<TextRow>(path, COLUMNS, { onTrouble: (error) => told.push(error) })
      for (let i = 0; i < 20; i++) {
        fill(store, 10, i * 10)
        store.flush()
      }
      // Said when it happens, once, with the file's name.
      expect(told.map(({ message }) => message)).toEqual([
        expect.stringMatching(/cannot write .*a\.\w+: ENOSPC/),
      ])
      const error = await closed(store)
      expect(error).toBeInstanceOf(FileError)
      expect(error).toMatchObject({ code: 'FILE_NOT_WRITTEN', path })
      const rows = await read(path)
      expect(rows.length).toBeGreaterThan(50)
      expect([store.written, store.written + store.unwritten]).toEqual([rows.length, 200])
      expect(readFileSync(path, 'utf8')).toMatch(/\n$/)
      expect((error as Error).message).toContain(`${store.unwritten} of 200 rows are not in ${path}`)
    },
  )

  test('whose disk is free again later has all its rows, in their order', async () => {
    const disk = mountSmall(dir, 65_536)
    disks.push(disk)
    const path = join(disk.path, 'a.csv')
    writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(40_000))
    const store = await createRowStore<TextRow>(path, COLUMNS, { onTrouble: () => undefined })
    fill(store, 100)
    store.flush()
    expect(store.unwritten).toBeGreaterThan(0)
    rmSync(join(disk.path, 'ballast'))
    // By itself, within the second.
    while (store.unwritten > 0) await new Promise((resolve) => setTimeout(resolve, 50))
    fill(store, 5, 100)
    expect(await closed(store)).toBeUndefined()
    expect((await read(path)).map(({ n }) => n)).toEqual(Array.from({ length: 105 }, (_, n) => n))
    expect([store.written, store.unwritten]).toEqual([105, 0])
  })

  test('that becomes read-only says so', async () => {
    const disk = mountSmall(dir, 1 << 20)
    disks.push(disk)
    const path = join(disk.path, 'a.csv')
    // A file that is open for writing keeps a file system from being made read-only: it is opened there.
    execFileSync('mount', ['-o', 'remount,ro', disk.path])
    await expect(createRowStore(path, COLUMNS)).rejects.toThrow(/EROFS/)
  })
})

describe('a store that cannot be written', () => {
  test('/dev/full: every row is counted', async () => {
    const told: string[] = []
    const store = await createRowStore<TextRow>('/dev/full', COLUMNS, {
      onTrouble: ({ message }) => told.push(message),
    })
    fill(store, 7)
    await new Promise(setImmediate)
    expect(await closed(store)).toMatchObject({
      message: expect.stringContaining('7 of 7 rows are not in /dev/full: ENOSPC') as string,
    })
    expect([store.written, store.unwritten, told.length]).toEqual([0, 7, 1])
  })

  test('rows that wait are bounded: those beyond 16 MB are counted, not kept', async () => {
    const store = await createRowStore<TextRow>('/dev/full', COLUMNS, { onTrouble: () => undefined })
    const text = 'x'.repeat(1 << 20)
    for (let n = 0; n < 40; n++) store.append({ text, n })
    expect(store.unwritten).toBe(40)
    await closed(store)
    expect([store.written, store.unwritten]).toEqual([0, 40])
  })

  test('deleted while it is written: it is begun anew, and what was in it is counted as unwritten', async () => {
    const path = join(dir, 'a.csv')
    const told: string[] = []
    const store = await createRowStore<TextRow>(path, COLUMNS, {
      onTrouble: ({ message }) => told.push(message),
    })
    fill(store, 3)
    store.flush()
    rmSync(path)
    fill(store, 4, 3)
    store.flush()
    expect(told).toEqual([expect.stringMatching(/a\.csv was deleted while it was written, with 3 rows/)])
    expect((await read(path)).map(({ n }) => n)).toEqual([3, 4, 5, 6])
    expect(await closed(store)).toMatchObject({
      message: expect.stringContaining('3 of 7 rows are not in') as string,
    })
    expect([store.written, store.unwritten]).toEqual([4, 3])
  })

  test('deleted with its folder: every row is counted, and closing ends', async () => {
    const path = join(dir, 'a.csv')
    const store = await createRowStore<TextRow>(path, COLUMNS, { onTrouble: () => undefined })
    fill(store, 3)
    store.flush()
    rmSync(dir, { recursive: true })
    fill(store, 2)
    expect(await closed(store)).toMatchObject({ code: 'FILE_NOT_WRITTEN' })
    expect([store.written, store.unwritten]).toEqual([0, 5])
  })

  test('moved, it is followed: the rows are in the file', async () => {
    const path = join(dir, 'a.csv')
    const store = await createRowStore<TextRow>(path, COLUMNS)
    fill(store, 1)
    store.flush()
    execFileSync('mv', [path, join(dir, 'b.csv')])
    fill(store, 1, 1)
    expect(await closed(store)).toBeUndefined()
    expect(await read(join(dir, 'b.csv'))).toHaveLength(2)
  })

  test('a directory is refused at once', async () => {
    await expect(createRowStore(dir, COLUMNS)).rejects.toThrow(/EISDIR/)
  })
})
