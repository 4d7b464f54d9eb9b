import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { RunSummary } from '../../lib/dial/summary.ts'
import { SWITCHIX } from '../built.ts'

// Each is a process of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const root = new URL('../..', import.meta.url).pathname
let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-interrupt-'))
})
afterAll(() => rm(dir, { recursive: true }))

/** Runs calls without end, and interrupts so many times: first when the run has begun. */
const interrupted = async (
  signals: number,
  duration: string,
): Promise<{ code: number | null; summary: RunSummary }> => {
  const summary = join(dir, `s${signals}.json`)
  const args = ['dial', 'sim', '--rate', '50', '--duration', duration, '--summary', summary]
  const child = spawn(process.execPath, [SWITCHIX, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (text.includes('calls/s of TonePlay')) child.kill('SIGINT')
    if (text.includes('no more calls') && signals > 1) child.kill('SIGINT')
  })
  const result = { code: await code, summary: JSON.parse(await readFile(summary, 'utf8')) as RunSummary }
  expect(output).toContain('no more calls')
  return result
}

describe('Ctrl-C', () => {
  test('once places no more calls and lets the others end; the summary is written, the exit code is 130', async () => {
    const { code, summary } = await interrupted(1, '300ms')
    expect(code).toBe(130)
    expect(summary.answered).toBe(summary.launched)
  })

  test('twice hangs up', async () => {
    const { code, summary } = await interrupted(2, '1h')
    expect(code).toBe(130)
    expect(summary.durationMs).toBeLessThan(10_000)
  })
})
