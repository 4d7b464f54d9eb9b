import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import type { VirtualClock } from '../../lib/testing/virtual-clock.ts'
import { answering, call, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'
import { kept, outcomeOf } from '../testing/promises.ts'

const onCaller = (run: (caller: Session, clock: VirtualClock) => Promise<void>): Promise<void> =>
  onEmbeddedSwitch(
    async ({ client, clock }) => {
      const { caller } = await call(client)
      await run(caller, clock)
    },
    { apps: [answering()], sim: { sounds: { 'half.wav': 500, 'long.wav': 20_000 } } },
  )

describe('playback', () => {
  it('resolves when it has ended, and says how', () =>
    onCaller(async (caller, clock) => {
      const start = clock.now()
      const end = await caller.playback('half.wav')
      expect(end.get('Application-Response')).toBe('FILE PLAYED')
      expect(Math.round((clock.now() - start) / 100)).toBe(5)
    }))

  it('of what cannot be played rejects, and the call goes on', () =>
    onCaller(async (caller) => {
      for (const play of [
        () => caller.playback('missing.wav'),
        () => caller.playback('missing.wav', { endless: true }),
        () => caller.playback(['missing.wav']),
      ])
        expect(await outcomeOf(play())).toMatchObject({
          code: 'COMMAND_FAILED',
          reply: expect.stringMatching(/^FILE NOT FOUND/) as string,
        })
      expect(await outcomeOf(caller.collectDigits({ prompt: 'missing.wav' }))).toMatchObject({
        code: 'COMMAND_FAILED',
        reply: expect.stringMatching(/^nothing was played/) as string,
      })
      await caller.playback('half.wav')
    }))

  it('that the hangup of the far end broke off rejects with HangupError', () =>
    onCaller(async (caller) => {
      const playing = outcomeOf(caller.playback('long.wav'))
      const collecting = outcomeOf(caller.collectDigits({ prompt: 'long.wav' }))
      await caller.sleep(500)
      await caller.peer?.hangup()
      expect(await playing).toMatchObject({ code: 'HANGUP' })
      expect(await collecting).toMatchObject({ code: 'HANGUP' })
    }))

  it('has its own events subscribed to: a recv for them never misses, on the first call of a process', () =>
    onCaller(async (caller) => {
      void caller.playback('half.wav')
      await caller.sleep(2000)
      const stop = await caller.recv('PLAYBACK_STOP', { timeout: 1000 })
      expect(stop.get('Playback-File-Path')).toContain('half.wav')
    }))

  it('of two runs one after the other, each ending with its own end', () =>
    onCaller(async (caller, clock) => {
      const start = clock.now()
      const ends = ['half.wav', 'half.wav'].map(async (file) => {
        await caller.playback(file)
        return Math.round((clock.now() - start) / 100)
      })
      expect(await Promise.all(ends)).toEqual([5, 10])
    }))

  it('that barges in breaks off what plays, and plays at once', () =>
    onCaller(async (caller, clock) => {
      const start = clock.now()
      const since = () => Math.round((clock.now() - start) / 100)
      const long = caller.playback('long.wav').then(since)
      await caller.sleep(1000)
      await caller.playback('half.wav', { bargeIn: true })
      expect([await long, since()]).toEqual([10, 15])
    }))

  it('that is broken off has ended', () =>
    onCaller(async (caller, clock) => {
      const start = clock.now()
      const playing = caller.playback('long.wav')
      await sleep(clock, 1000)
      await caller.breakMedia()
      await playing
      expect(clock.now() - start).toBeLessThan(2000)
    }))

  it('without end goes on until the session ends', () =>
    onCaller(async (caller, clock) => {
      const playing = kept(caller.playback('tone_stream://%(251,0,1004)', { vars: { loops: -1 } }))
      const event = caller.recv('CHANNEL_HANGUP')
      await sleep(clock, 600_000)
      expect(caller.hungup).toBe(false)
      await caller.hangup()
      await outcomeOf(playing)
      await event
    }))

  it('leaves its own events to the flow, however late it asks for them', () =>
    onCaller(async (caller) => {
      // Nobody had subscribed to these: the switch sends them from here on.
      const stopped = caller.recv('PLAYBACK_STOP')
      await caller.playback('half.wav')
      await caller.setVar('x', 1)
      expect((await stopped).get('Playback-File-Path')).toContain('half.wav')
    }))

  it('does not let ${…} through, unless asked to', () =>
    onCaller(async (caller) => {
      const error = await outcomeOf(caller.playback('${api(status)}.wav'))
      expect(error).toMatchObject({ code: 'BAD_ARGUMENT' })
      expect(String(error)).toContain('{ expand: true }')
    }))
})

describe('execute', () => {
  it('runs any application, and resolves with its end', () =>
    onCaller(async (caller, clock) => {
      const start = clock.now()
      const end = await caller.execute('sleep', '300')
      expect([end.get('Application'), Math.round((clock.now() - start) / 100)]).toEqual(['sleep', 3])
    }))

  it('refuses an application that the switch does not have, which would hang the call up', () =>
    onCaller(async (caller, clock) => {
      expect(await outcomeOf(caller.execute('plaback', 'x'))).toMatchObject({
        code: 'COMMAND_FAILED',
        command: 'plaback',
      })
      await sleep(clock, 1000)
      expect(caller.hungup).toBe(false)
    }))
})
