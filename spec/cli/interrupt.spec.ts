import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunSummary } from '../../lib/dial/summary.ts'
import { SWITCHIX } from '../built.ts'

const root = new URL('../..', import.meta.url).pathname
let dir = ''

/** Says when a call is up: one that is interrupted before its first call has nothing to hang up, and ends by itself. */
const TELLING = `export const telling = () => ({
  name: 'Telling',
  on: {
    CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.answer() : undefined),
    CHANNEL_ANSWER: () => console.log('a call is up'),
  },
})
`

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-interrupt-'))
  await writeFile(join(dir, 'telling.mjs'), TELLING)
})
afterAll(() => rm(dir, { recursive: true }))

/** Runs calls without end, and sends the signals one after the other: the first when a call is up. */
const interrupted = async (
  name: string,
  signals: readonly NodeJS.Signals[],
  duration: string,
): Promise<{ code: number | null; output: string; summary: RunSummary }> => {
  const summary = join(dir, `${name}.json`)
  const app = `${join(dir, 'telling.mjs')}:telling`
  const args = ['dial', 'sim', '--app', app, '--rate', '50', '--duration', duration, '--summary', summary]
  const child = spawn(process.execPath, [SWITCHIX, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  /** What is said before each of them. */
  const cues = ['a call is up', 'no more calls', 'hanging up']
  let output = ''
  let sent = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    while (sent < signals.length && output.includes(cues[sent] ?? '')) child.kill(signals[sent++])
  })
  return { code: await code, output, summary: JSON.parse(await readFile(summary, 'utf8')) as RunSummary }
}

describe('Ctrl-C', () => {
  test('once places no more calls and lets the others end; the summary is written, the exit code is 130', async () => {
    const { code, output, summary } = await interrupted('once', ['SIGINT'], '300ms')
    expect(code).toBe(130)
    expect(output).toContain('no more calls')
    expect(summary.answered).toBe(summary.launched)
  })

  test('twice hangs up', async () => {
    const { code, summary } = await interrupted('twice', ['SIGINT', 'SIGINT'], '1h')
    expect(code).toBe(130)
    expect(summary.durationMs).toBeLessThan(10_000)
  })

  test('three times leaves at once, with the summary of what there is', async () => {
    const { code, output, summary } = await interrupted('thrice', ['SIGINT', 'SIGINT', 'SIGINT'], '1h')
    expect(code).toBe(130)
    expect(output).toMatch(/hanging up[^]*\d+ calls within/)
    expect(summary.durationMs).toBeLessThan(10_000)
  })
})

test('SIGTERM hangs up at once, for whoever sends it kills next', async () => {
  const { code, output, summary } = await interrupted('term', ['SIGTERM'], '1h')
  expect(code).toBe(130)
  expect(output).toMatch(/no more calls[^]*hanging up/)
  expect(summary.durationMs).toBeLessThan(10_000)
})
