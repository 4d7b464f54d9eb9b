import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCdrs } from '../../../lib/measure/cdr/read-cdrs.ts'

// Twenty times with SWITCHIX_LONG=1, which takes a minute.
const ROUNDS = process.env['SWITCHIX_LONG'] === undefined ? 3 : 20

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-killed-'))
})
afterAll(() => rm(dir, { recursive: true }))

/** What a writer told before it was killed, and when it was. */
interface Killed {
  readonly told: readonly (readonly [n: number, at: number])[]
  readonly at: number
}

/** Kills a writer some time after its first row. */
const writeAndKill = (path: string, after: number): Promise<Killed> =>
  new Promise((resolve, reject) => {
    const script = new URL('write-rows.ts', import.meta.url).pathname
    const child = spawn(process.execPath, ['--import', 'tsx', script, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let [text, at] = ['', 0]
    const kill = (): void => {
      at = Date.now()
      child.kill('SIGKILL')
    }
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      if (text === '') setTimeout(kill, after)
      text += more
    })
    child.on('error', reject).on('close', () => {
      const lines = text.slice(0, text.lastIndexOf('\n')).split('\n')
      resolve({ told: lines.map((line) => line.split(' ').map(Number) as [number, number]), at })
    })
  })

describe(`a process that writes 200 rows a second, killed ${ROUNDS} times`, () => {
  test.each(Array.from({ length: ROUNDS }, (_, n) => n))(
    'kill -9, number %d: no row is torn, none is there twice, and those before the last 100 ms are all there',
    async (round) => {
      const path = join(dir, `${round}.${round % 2 === 0 ? 'csv' : 'ndjson'}`)
      const { told, at } = await writeAndKill(path, 300 + Math.random() * 1500)
      const rows = []
      for await (const row of readCdrs(path)) rows.push(row)
      expect(told.length).toBeGreaterThan(30)
      // A torn row would lack its last column, and rows that are lost or there twice would not follow each other.
      expect(rows.map(({ call_uuid, erlangs, callee_uuid }) => [call_uuid, erlangs, callee_uuid])).toEqual(
        rows.map((_, n) => [`call ${n}`, n, `callee_uuid, "${n}"`]),
      )
      const due = told.filter(([, when]) => when < at - 100).length
      expect(rows.length).toBeGreaterThanOrEqual(due)
    },
  )
})
