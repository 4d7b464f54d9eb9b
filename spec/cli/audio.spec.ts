import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeWave } from '../../lib/wave/write.ts'
import { cutOut, shift, speech } from '../measure/audio/sounds.ts'
import { runCli } from './run-cli.ts'

let dir = ''
const file = (name: string): string => join(dir, name)

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'switchix-audio-cli-'))
  const clip = speech(2000)
  writeFileSync(file('clip.wav'), writeWave([clip]))
  writeFileSync(file('good.wav'), writeWave([shift(clip, 100)]))
  writeFileSync(file('bad.wav'), writeWave([cutOut(clip, 100, 60)]))
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('switchix audio', () => {
  test('a good recording is exit code 0', async () => {
    const { code, stdout } = await runCli(['audio', file('clip.wav'), file('good.wav')])
    expect(code).toBe(0)
    expect(stdout).toMatch(/good\.wav: good\n[^]*clip {8}at 100\.0 ms/)
  })

  test('a bad one is exit code 99; --json says why', async () => {
    const { code, stdout } = await runCli(['audio', file('clip.wav'), file('bad.wav'), '--json'])
    expect(code).toBe(99)
    expect(JSON.parse(stdout)).toMatchObject({ good: false, faults: ['drop-outs', 'mos'], dropOutMs: 60 })
  })

  test('thresholds are options', async () => {
    const limits = '--max-drop-out 20% --min-mos 1 --loss 0 --max-delay 10ms'.split(' ')
    const { code } = await runCli(['audio', file('clip.wav'), file('bad.wav'), ...limits])
    expect(code).toBe(0)
  })

  test('what is no WAV file, or no value, is exit code 2, in one line', async () => {
    const none = await runCli(['audio', file('clip.wav'), new URL('audio.spec.ts', import.meta.url).pathname])
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('to be a WAV file') as string })
    const typed = await runCli(['audio', file('clip.wav'), file('bad.wav'), '--codec', 'opus'])
    expect(typed).toMatchObject({ code: 2, stderr: expect.stringContaining('ITU-T G.113') as string })
  })
})
