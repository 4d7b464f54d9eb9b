import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../lib/service/connect.ts'
import { simulate, type EmbeddedSwitch } from '../../lib/sim/simulate.ts'
import { nameOf, sessionsIn } from '../../lib/testing/recording.ts'
import { readRecording } from '../../lib/testing/recording-file.ts'
import { SWITCHIX } from '../built.ts'

const root = new URL('../..', import.meta.url).pathname
let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-record-interrupt-'))
})
afterAll(() => rm(dir, { recursive: true }))

/** Runs `switchix record`; `begun` is called once it listens. */
const recordCli = async (
  sw: EmbeddedSwitch,
  args: readonly string[],
  begun: (interrupt: () => void) => void,
): Promise<number | null> => {
  const command = [SWITCHIX, 'record', `127.0.0.1:${sw.port}`, ...args]
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('recording calls on')) begun(() => child.kill('SIGINT'))
  })
  return new Promise((resolve) => child.on('close', resolve))
}

describe('switchix record', () => {
  test('ended by Ctrl-C writes what there is, whole: exit code 0', async () => {
    await using sw = await simulate()
    const out = join(dir, 'cut.jsonl')
    const watcher = await connect(sw)
    const parked = new Promise<void>((resolve) => {
      void watcher.load({ name: 'Parked', handle: { CHANNEL_PARK: () => resolve() } })
    })
    const code = await recordCli(sw, ['--out', out], (interrupt) => {
      sw.call({ to: '100', from: 'alice' }).answered.catch(() => undefined)
      void parked.then(interrupt)
    })
    await watcher.close()
    expect(code).toBe(0)
    const recording = await readRecording(out)
    expect(sessionsIn(recording).size).toBe(1)
    expect(recording.lines.map((line) => 'event' in line && nameOf(line.event))).toContain('CHANNEL_PARK')
    expect((await readdir(dir)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('of a channel that is up records the rest of its call alone, and ends with it', async () => {
    await using sw = await simulate()
    const [one, other] = ['1', '2'].map((from) => sw.call({ to: '100', from }))
    for (const phone of [one, other]) phone?.answered.catch(() => undefined)
    await expect.poll(() => sw.channels()).toBe(2)
    const out = join(dir, 'one.jsonl')
    const code = await recordCli(sw, ['--out', out, '--uuid', one?.uuid ?? ''], () => {
      other?.hangup()
      one?.hangup()
    })
    expect(code).toBe(0)
    expect([...sessionsIn(await readRecording(out))]).toEqual([one?.uuid])
  })
})
