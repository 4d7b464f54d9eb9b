import { randomUUID } from 'node:crypto'
import { expect, it, type TestContext } from 'vitest'
import type { CallRecordings } from '../../lib/apps/clip-options.ts'
import { mutedPlayRec } from '../../lib/apps/muted-play-rec.ts'
import { playRec, type PlayRecOptions } from '../../lib/apps/play-rec.ts'
import { sleep, systemClock } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import { describeLive, onRealSwitch, type Real } from './on-real-switch.ts'

/** A clip of a second that every switch has. */
const CLIP = 'tone_stream://%(1000,0,440)'

interface Played extends Real {
  readonly caller: Session
  readonly called: Session
  readonly recorded: CallRecordings[]
  readonly lasted: number
}

const onCall = (
  context: TestContext,
  app: typeof playRec,
  options: PlayRecOptions,
  run: (at: Played) => Promise<void>,
): Promise<void> =>
  onRealSwitch(context, async (real) => {
    const recorded: CallRecordings[] = []
    const id = `switchix-${randomUUID()}`
    await real.client.subscribe('PLAYBACK_START', 'PLAYBACK_STOP')
    const loaded = app({ clip: CLIP, onRecorded: (each) => recorded.push(each), ...options })
    await real.client.load(loaded, { id })
    const legs = await real.call({ app: id })
    await legs.caller.call.ended
    await sleep(systemClock, 100)
    const { answer = NaN, hangup = NaN } = legs.caller.times
    await run({ ...real, ...legs, recorded, lasted: hangup - answer })
    expect(real.failures).toEqual([])
  })

/** When a leg began to play the clip, in s from the caller's answer on. */
const clipsOf = (leg: Session, caller: Session): number[] =>
  leg.history
    .filter((event) => event.name === 'PLAYBACK_START' && event.get('Playback-File-Path') === CLIP)
    .map((event) => Math.round((event.time - (caller.times.answer ?? NaN)) / 1000))

describeLive('PlayRec and MutedPlayRec on a real switch', () => {
  it('the legs play a clip to each other in turn, both are recorded, and the call is hung up', (context) =>
    onCall(context, playRec, { iterations: 3, tail: 500 }, ({ caller, called, recorded, lasted }) => {
      expect(clipsOf(caller, caller)).toEqual([0, 2])
      expect(clipsOf(called, caller)).toEqual([1])
      expect(Math.abs(lasted - 3600)).toBeLessThan(500)
      expect(recorded).toHaveLength(1)
      for (const leg of [caller, called]) {
        const stop = leg.history.find(({ name }) => name === 'RECORD_STOP')
        const path = leg === caller ? recorded[0]?.caller : recorded[0]?.callee
        expect(stop?.get('Record-File-Path')).toBe(path)
        expect(Number(stop?.get('variable_record_seconds'))).toBeGreaterThanOrEqual(3)
      }
      expect(caller.cause).toBe('NORMAL_CLEARING')
      return Promise.resolve()
    }))

  it('a call that is not recorded ends with its last clip', (context) =>
    onCall(context, playRec, { recPeriod: Infinity, duration: 2200, clipLength: 1000 }, (at) => {
      expect([...clipsOf(at.caller, at.caller), ...clipsOf(at.called, at.caller)]).toEqual([0, 1])
      expect(Math.abs(at.lasted - 2100)).toBeLessThan(400)
      expect(at.recorded).toEqual([])
      return Promise.resolve()
    }))

  it('both legs play on while the mute swaps sides', (context) =>
    onCall(context, mutedPlayRec, { iterations: 3, tail: 200, stereo: true }, (at) => {
      expect(clipsOf(at.caller, at.caller).slice(0, 3)).toEqual([0, 1, 2])
      expect(clipsOf(at.called, at.caller).slice(0, 3)).toEqual([0, 1, 2])
      expect(Math.abs(at.lasted - 3300)).toBeLessThan(500)
      expect(at.recorded).toHaveLength(1)
      return Promise.resolve()
    }))
})
