import { describe, expect, it } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { record, type RecordOptions } from '../../lib/testing/record.ts'
import { sessionsIn } from '../../lib/testing/recording.ts'
import { replay } from '../../lib/testing/replay.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'

const polite: ClientApp = {
  name: 'Polite',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      await sess.answer()
      await sess.setVar('sip_auth_password', 'hunter22')
      await sess.hangup()
    },
  },
}

/** Two calls to an app, one after the other, recorded. */
const twoCalls = async (options: RecordOptions = {}) => {
  const clock = virtualClock()
  const sw = await simulate({ clock, transport: 'memory', seed: 1, password: 'hunter33' })
  const recorder = record(sw, options)
  const client = await clock.run(connect(recorder.target, { apps: [polite] }))
  const firsts: string[] = []
  for (const from of ['+4930123456', '+4930654321']) {
    const phone = sw.call({ to: '100', from })
    await clock.run(phone.ended)
    firsts.push(phone.uuid ?? '')
    await clock.run(recorder.quiet())
  }
  await clock.advance(1000)
  await clock.run(client.close())
  await clock.run(sw.close())
  return { recorder, firsts }
}

describe('record', () => {
  it('is quiet when the calls that came are over', async () => {
    const { recorder, firsts } = await twoCalls()
    expect(firsts).toHaveLength(2)
    const ends = recorder
      .recording()
      .lines.filter((line) => 'event' in line && line.event['Event-Name'] === 'CHANNEL_DESTROY')
    expect(ends).toHaveLength(2)
  })

  it('has no password in it, of the login or of a call', async () => {
    const { recorder } = await twoCalls()
    expect(JSON.stringify(recorder.recording())).not.toMatch(/hunter/)
  })

  it('gives one call, which is replayed by itself', async () => {
    const { recorder, firsts } = await twoCalls()
    const recording = recorder.recording({ call: firsts[1] })
    expect([...sessionsIn(recording)]).toEqual([firsts[1]])
    expect(String(await replay(recording, { app: polite }))).toBe('as recorded: 3 commands')
  })

  it('gives some sessions', async () => {
    const { recorder, firsts } = await twoCalls({ sessions: [] })
    expect(recorder.recording().lines).toEqual([])
    expect([...sessionsIn(recorder.recording({ sessions: firsts }))]).toEqual(firsts)
  })

  it('masks numbers, so that the calls still replay', async () => {
    const { recorder } = await twoCalls({ mask: { numbers: true } })
    const recording = recorder.recording()
    expect(JSON.stringify(recording)).not.toMatch(/4930123456|4930654321/)
    expect(String(await replay(recording, { app: polite }))).toBe('as recorded: 6 commands')
  })

  it('leaves out what says nothing of the call, and still replays', async () => {
    const { recorder } = await twoCalls()
    const [whole, lean] = [recorder.recording(), recorder.recording({ lean: true })]
    expect(JSON.stringify(lean)).not.toMatch(/Event-Calling-File|Core-UUID/)
    expect(JSON.stringify(lean).length).toBeLessThan(JSON.stringify(whole).length)
    expect((await replay(lean, { app: polite })).ok).toBe(true)
  })

  it('replayed, gives an app no events that it has not asked for', async () => {
    const { recorder } = await twoCalls()
    const recording = recorder.recording()
    const start = recording.lines.find((line) => 'event' in line)
    if (!start || !('event' in start)) throw new Error('no event was recorded')
    const tone = { t: start.t, event: { ...start.event, 'Event-Name': 'DETECTED_TONE' } }
    const heard: string[] = []
    const listening = (subscribe: ClientApp['subscribe']): ClientApp => ({
      ...polite,
      ...(subscribe ? { subscribe } : {}),
      flow: async (sess) => {
        for await (const event of sess) if (event.name === 'DETECTED_TONE') heard.push(sess.uuid)
      },
    })
    const lines = recording.lines.flatMap((line) =>
      'event' in line && line.event['Event-Name'] === 'CHANNEL_PARK' ? [tone, line] : [line],
    )
    await replay({ ...recording, lines }, { app: listening(undefined) })
    expect(heard).toEqual([])
    await replay({ ...recording, lines }, { app: listening(['DETECTED_TONE']) })
    expect(heard).not.toEqual([])
  })
})
