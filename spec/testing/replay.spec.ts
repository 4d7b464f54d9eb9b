import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { record } from '../../lib/testing/record.ts'
import { parseRecording } from '../../lib/testing/recording-file.ts'
import type { Recording } from '../../lib/testing/recording.ts'
import { replay } from '../../lib/testing/replay.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'

/** Answers, plays what it is told, and hangs up. */
const welcome = (file = 'tone_stream://%(500,100,440)'): ClientApp => ({
  name: 'Welcome',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      await sess.answer()
      const end = await sess.playback(file)
      await sess.setVar('heard', end.get('Application-Response') ?? 'nothing')
      await sess.hangup('USER_BUSY')
    },
  },
})

/** A call to the app on the embedded switch, recorded. */
const recordCall = async (app: ClientApp): Promise<Recording> => {
  const clock = virtualClock()
  const sw = await simulate({ clock, transport: 'memory', seed: 1, password: 'secret' })
  const recorder = record(sw, { clock })
  const client = await clock.run(connect(recorder.target, { clock, apps: [app] }))
  await clock.run(client.originate('park@127.0.0.1:5080', { timeout: 5000 }).catch(() => undefined))
  await clock.advance(5000)
  await clock.run(client.close())
  await clock.run(sw.close())
  return recorder.recording()
}

let dir = ''
let recording: Recording

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-replay-'))
  recording = await recordCall(welcome())
})
afterAll(() => rm(dir, { recursive: true }))

describe('a recording', () => {
  it('holds the events, commands and replies of a connection, and no password', () => {
    const text = JSON.stringify(recording)
    expect(text).not.toContain('secret')
    const kinds = recording.lines.map((line) =>
      'event' in line ? 'event' : 'command' in line ? 'command' : 'reply',
    )
    expect(new Set(kinds)).toEqual(new Set(['event', 'command', 'reply']))
    expect(recording.lines.every(({ t }, i) => t >= (recording.lines[i - 1]?.t ?? 0))).toBe(true)
  })

  it('is a file of JSON lines, and read back as it was', async () => {
    const path = join(dir, 'call.jsonl')
    const clock = virtualClock()
    await using sw = await simulate()
    const recorder = record(sw)
    await (await connect(recorder.target)).close()
    await recorder.save(path)
    const text = await readFile(path, 'utf8')
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => typeof JSON.parse(line)),
    ).not.toContain('string')
    expect(parseRecording(text)).toEqual(JSON.parse(JSON.stringify(recorder.recording())))
    expect(clock.pending).toBe(0)
  })

  it.each([
    ['', /version 1 or 2, got nothing/],
    ['{"a":1}\n', /version 1 or 2, got \{"a":1\}/],
    [
      '{"switchix":"recording","version":1,"node":"a:1","start":0}\nnonsense\n',
      /line 2 of the recording is not JSON/,
    ],
  ])('is refused where it is none: %j', (text, message) => {
    expect(() => parseRecording(text)).toThrow(message)
  })
})

describe('replay', () => {
  it('gives the commands that the app sent, which are the recorded ones', async () => {
    const { commands, divergence, failures } = await replay(recording, { app: welcome() })
    expect(divergence?.diff).toBeUndefined()
    expect(failures).toEqual([])
    expect(
      commands.map((command) => /execute-app-name: (\w+)|api (\w+)/.exec(command)?.slice(1).join('')),
    ).toEqual(['answer', 'playback', 'uuid_setvar', 'uuid_kill'])
  })

  it('carries a call of minutes in no time, with the clock of the recording', async () => {
    const slow = await recordCall(welcome('silence_stream://60000'))
    const before = performance.now()
    expect((await replay(slow, { app: welcome('silence_stream://60000') })).divergence).toBeUndefined()
    // A minute of the call; the bound leaves room for a busy machine.
    expect(performance.now() - before).toBeLessThan(30_000)
  })

  it('shows the first command in which the app diverged', async () => {
    const { divergence } = await replay(recording, { app: welcome('other.wav') })
    expect(divergence).toMatchObject({ index: 1 })
    expect(divergence?.diff).toMatch(
      /command 2, at [\d.]+ ms, after CHANNEL_EXECUTE_COMPLETE, is not as recorded[^]*\n {4}answer\n {2}- playback tone_stream.*\n {2}\+ playback other\.wav$/,
    )
  })

  it('verifies, for any test runner, and tells all of it', async () => {
    const same = await replay(recording, { app: welcome() })
    expect([same.ok, String(same)]).toEqual([true, 'as recorded: 4 commands'])
    same.verify()
    const other = await replay(recording, { app: welcome('other.wav') })
    expect(other.ok).toBe(false)
    expect(() => other.verify()).toThrow(/\+ playback other\.wav/)
  })

  it('tells of what an app no longer does, or does more', async () => {
    const silent = await replay(recording, { app: { name: 'Silent', on: { CHANNEL_PARK: () => undefined } } })
    expect(silent.divergence).toMatchObject({ index: 0, actual: undefined })
    const nothing = await recordCall({ name: 'Silent', on: { CHANNEL_PARK: () => undefined } })
    const more = await replay(nothing, { app: welcome() })
    expect(more.divergence).toMatchObject({ index: 0, expected: undefined })
  })

  it('reports functions that failed', async () => {
    const app: ClientApp = {
      name: 'Broken',
      on: {
        CHANNEL_PARK() {
          throw new Error('broken')
        },
      },
    }
    const run = await replay(recording, { app })
    const { failures } = run
    expect(String(run)).toMatch(/app Broken failed in CHANNEL_PARK on session \S+: Error: broken/)
    expect(failures.map(({ app, error }) => [app, String(error)])).toEqual([
      ['Broken', 'Error: broken'],
      ['Broken', 'Error: broken'],
    ])
  })
})
