import { describe, expect, it } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { describeCommand, sessionOf } from '../../lib/testing/command-text.ts'
import { withImpliedCommands } from '../../lib/testing/implied-commands.ts'
import { sessionsIn, type Recording } from '../../lib/testing/recording.ts'
import { replay } from '../../lib/testing/replay.ts'
import { callOf, selectSessions } from '../../lib/testing/select-sessions.ts'
import { captured } from './captured.ts'

const commandsIn = (recording: Recording): string[] => {
  const sessions = sessionsIn(recording)
  return withImpliedCommands(recording).lines.flatMap((line) =>
    'command' in line && sessionOf(line.command, sessions) !== undefined
      ? [describeCommand(line.command, sessionOf(line.command, sessions))]
      : [],
  )
}

describe('a recording that only listened', () => {
  it('tells which applications were sent, and which the dialplan ran', () => {
    // The dialplan parks; the controller answers, plays, and hangs up by sendmsg, which shows in no event.
    expect(commandsIn(captured('a1_inbound_park_answer_playback_hangup'))).toEqual([
      'answer',
      'playback test/short.wav',
    ])
  })

  it('tells which APIs were called, where they began', () => {
    const recording = captured('b1_bridge_app_from_park')
    const { lines } = withImpliedCommands(recording)
    const at = (test: (text: string) => boolean): number =>
      lines.findIndex((line) => test(JSON.stringify(line)))
    expect(at((text) => text.includes('"api uuid_kill'))).toBeLessThan(
      at((text) => text.includes('"CHANNEL_HANGUP"')),
    )
    expect(commandsIn(recording)[0]).toMatch(/^bridge \{/)
  })

  it('is replayed to an app as one that was recorded with it', async () => {
    const app = (file: string): ClientApp => ({
      name: 'Player',
      on: {
        async CHANNEL_PARK(sess) {
          await sess.answer()
          await sess.playback(file)
        },
      },
    })
    const recording = captured('a1_inbound_park_answer_playback_hangup')
    const run = await replay(recording, { app: app('test/short.wav') })
    expect(String(run)).toBe('as recorded: 2 commands')
    const other = await replay(recording, { app: app('test/long.wav') })
    expect(String(other)).toMatch(/- playback test\/short\.wav\n {2}\+ playback test\/long\.wav/)
    const idle = await replay(recording, { app: { name: 'Idle', on: { CHANNEL_PARK: () => undefined } } })
    expect(String(idle)).toMatch(/\+ \(nothing\)\n\(the recording only listened.*--ignore\)/)
    const ignored = await replay(recording, {
      app: { name: 'Idle', on: { CHANNEL_PARK: () => undefined } },
      ignore: ['answer', 'playback'],
    })
    expect(ignored.ok).toBe(true)
  })
})

describe('selecting sessions', () => {
  it('finds every leg of a call, and keeps what is about them', () => {
    const recording = captured('b1_bridge_app_from_park')
    const [first = ''] = sessionsIn(recording)
    const call = callOf(recording, first)
    expect(call.size).toBeGreaterThanOrEqual(2)
    expect([...sessionsIn(selectSessions(recording, call))].every((uuid) => call.has(uuid))).toBe(true)
  })

  it('leaves out the answers to what it leaves out', () => {
    const lines = [
      { t: 0, command: 'api uuid_kill B' },
      { t: 1, command: 'api uuid_kill A' },
      { t: 2, reply: 'for B' },
      { t: 3, reply: 'for A' },
      { t: 4, event: { 'Event-Name': 'CHANNEL_HANGUP', 'Unique-ID': 'B' } },
      { t: 5, event: { 'Event-Name': 'BACKGROUND_JOB', _body: '+OK A\n' } },
    ]
    expect(selectSessions({ node: 'a:1', start: 0, lines }, new Set(['A'])).lines).toEqual([
      lines[1],
      lines[3],
      lines[5],
    ])
  })
})
