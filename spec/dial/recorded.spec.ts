import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordedArrivals, recordedHolds } from '../../lib/dial/recorded.ts'
import { createRandom } from '../../lib/dial/random.ts'

let dir = ''
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'switchix-recorded-'))))
afterAll(() => rmSync(dir, { recursive: true }))

let files = 0
const file = (text: string, ending = 'txt'): string => {
  const path = join(dir, `${files++}.${ending}`)
  writeFileSync(path, text)
  return path
}

const gapsOf = async (text: string, ending?: string): Promise<number[]> => {
  const gaps: number[] = []
  const random = createRandom(1, 'arrivals')
  for await (const gap of (await recordedArrivals(file(text, ending))).gaps(random)) gaps.push(gap)
  return gaps
}

const HEAD = 'call_uuid,caller_req_originate_ms,caller_answer_ms,caller_hangup_ms\n'

describe('recorded arrivals (--replay)', () => {
  test('are milliseconds, one a line, in any order: of a run, or since the epoch', async () => {
    expect(await gapsOf('0\n\n500\n200\n')).toEqual([0, 200, 300])
    expect(await gapsOf('1764547200500.5\n1764547200000\n')).toEqual([0, 500.5])
    expect(await gapsOf('\uFEFFvalue\r\n1e3\r\n2000\r\n')).toEqual([0, 1000])
  })

  test('are those of CDRs, also where files were put together, or the last row was never finished', async () => {
    const rows = 'a,1000,,\nb,1500,,\n'
    expect(await gapsOf(HEAD + rows, 'csv')).toEqual([0, 500])
    expect(await gapsOf(`${HEAD}${rows}${HEAD}c,3000,,\nd,40`, 'csv')).toEqual([0, 500, 1500])
    expect(await gapsOf('{"call_uuid":"a","caller_req_originate_ms":7}\n', 'ndjson')).toEqual([0])
  })

  test.each([
    [
      'seconds since the epoch',
      '1764547200.0\n1764547200.5\n',
      /got 1764547200 on line 1, which looks like seconds/,
    ],
    [
      'microseconds since the epoch',
      '1764547200000000\n',
      /got 1764547200000000 on line 1, which looks like microseconds/,
    ],
    ['ISO 8601', '2025-12-01T00:00:00Z\n2025-12-01T00:00:01Z\n', /got "2025-12-01T00:00:00Z" on line 1/],
    ['ISO 8601 further down', '0\n2025-12-01T00:00:00Z\n', /on line 2/],
    ['junk', '0\n\n100\nabc\n200\n', /milliseconds one a line.*got "abc" on line 4/],
    ['a number with its unit', '0\n10s\n', /got "10s" on line 2/],
    ['a negative number', '0\n-5\n', /got "-5" on line 2/],
    ['two numbers on a line', '0\n5,6\n', /got "5,6" on line 2/],
    ['hexadecimal', '0x10\n', /got "0x10" on line 1/],
    ['not a number', 'NaN\n', /got "NaN" on line 1/],
    ['nothing', '\n', /got none/],
  ])('that are %s are refused, with the line', async (_, text, message) => {
    await expect(recordedArrivals(file(text))).rejects.toThrow(message)
  })

  test('of CDRs with junk in the column are refused, with the row', async () => {
    await expect(recordedArrivals(file(`${HEAD}a,1000,,\nb,soon,,\n`, 'csv'))).rejects.toThrow(
      /got "soon" in row 3/,
    )
  })
})

describe('recorded hold times (--duration file:…)', () => {
  const draws = async (text: string, ending: string): Promise<number[]> => {
    const holds = await recordedHolds(file(text, ending))
    return [1, 2, 3].map(() => holds.draw(() => 0))
  }

  test('leave out calls that were not answered, and those whose clock went back meanwhile', async () => {
    expect(await draws(`${HEAD}a,0,1000,6000\nb,0,,9\nc,0,8000,3000\nd,0,1000,2000\n`, 'csv')).toEqual([
      5000, 1000, 5000,
    ])
  })

  test('with junk on a line are refused', async () => {
    await expect(recordedHolds(file('5000\nlong\n'))).rejects.toThrow(/got "long" on line 2/)
  })
})
