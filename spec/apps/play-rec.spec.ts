import { describe, expect, it } from 'vitest'
import type { LoadSettings } from '../../lib/app/app.ts'
import type { CallRecordings } from '../../lib/apps/clip-options.ts'
import { mutedPlayRec } from '../../lib/apps/muted-play-rec.ts'
import { playRec, type PlayRecOptions } from '../../lib/apps/play-rec.ts'
import { sleep } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { call, onEmbeddedSwitch, type Embedded } from '../service/on-embedded-switch.ts'

const CLIP = 4250

interface Played extends Embedded {
  readonly recorded: CallRecordings[]
  /** Places a call and waits for its end. */
  place(): Promise<{ caller: Session; called: Session; lasted: number }>
}

const on = (
  app: typeof playRec,
  options: PlayRecOptions,
  run: (at: Played) => Promise<void>,
): Promise<void> => {
  const recorded: CallRecordings[] = []
  const apps = [app({ onRecorded: (each) => recorded.push(each), ...options })]
  return onEmbeddedSwitch(
    async (at) => {
      await at.client.subscribe('PLAYBACK_START', 'PLAYBACK_STOP', 'CHANNEL_EXECUTE')
      await run({
        ...at,
        recorded,
        async place() {
          const legs = await call(at.client)
          await legs.caller.call.ended
          const { answer = NaN, hangup = NaN } = legs.caller.times
          return { ...legs, lasted: hangup - answer }
        },
      })
      expect(at.failures).toEqual([])
    },
    { apps },
  )
}

/** When a leg began to play the clip, from the caller's answer on, in ms. */
const clipsOf = (leg: Session, caller: Session): number[] =>
  leg.history
    .filter(
      (event) =>
        event.name === 'PLAYBACK_START' && event.get('Playback-File-Path')?.endsWith('.wav') === true,
    )
    .map((event) => Math.round((event.time - (caller.times.answer ?? NaN)) / 100) * 100)

const filesOf = (leg: Session, name: string): (string | undefined)[] =>
  leg.history.filter((event) => event.name === name).map((event) => event.get('Record-File-Path'))

describe('PlayRec', () => {
  it('has the two legs play a clip to each other in turn, records both, and hangs up', () =>
    on(playRec, { iterations: 3 }, async ({ place, recorded }) => {
      const { caller, called, lasted } = await place()
      expect(clipsOf(caller, caller)).toEqual([0, 8600])
      expect(clipsOf(called, caller)).toEqual([4300])
      expect([lasted > 3 * CLIP + 1000, lasted < 3 * CLIP + 1500]).toEqual([true, true])
      const files = {
        caller: `/var/freeswitch/recordings/caller_${caller.uuid}.wav`,
        callee: `/var/freeswitch/recordings/callee_${called.uuid}.wav`,
      }
      expect(recorded).toEqual([{ node: caller.node, callUuid: caller.call.uuid, ...files }])
      for (const name of ['RECORD_START', 'RECORD_STOP']) {
        expect(filesOf(caller, name)).toEqual([files.caller])
        expect(filesOf(called, name)).toEqual([files.callee])
      }
      expect(caller.cause).toBe('NORMAL_CLEARING')
    }))

  it('never lets one leg play the clip while the other does', () =>
    on(playRec, { iterations: 6 }, async ({ place }) => {
      const { caller, called } = await place()
      const turns = [...clipsOf(caller, caller), ...clipsOf(called, caller)].sort((a, b) => a - b)
      expect(turns).toHaveLength(6)
      turns.slice(1).forEach((at, i) => expect(at - (turns[i] ?? NaN)).toBeGreaterThanOrEqual(CLIP - 50))
    }))

  it.each([
    [20_000, [true, false, true]],
    [0, [true, true, true]],
    [Infinity, [false, false, false]],
  ])('records one call in each period, of %d ms', (recPeriod, expected) =>
    on(playRec, { recPeriod }, async ({ place, recorded, clock }) => {
      const found: boolean[] = []
      for (const pause of [0, 15_000, 0]) {
        const before = recorded.length
        const { caller } = await place()
        found.push(recorded.length > before)
        expect(filesOf(caller, 'RECORD_START')).toHaveLength(recorded.length - before)
        await sleep(clock, pause)
      }
      expect(found).toEqual(expected)
    }),
  )

  it('records in stereo where it is told to', () =>
    on(playRec, { stereo: true }, async ({ place }) => {
      const { caller } = await place()
      expect(caller.get('variable_RECORD_STEREO')).toBe('true')
    }))

  it.each([
    [{ duration: 12_000 }, 2, 12_000],
    [{ duration: 1000 }, 1, CLIP + 1000],
  ])('fills a duration with clips, and the rest with silence: %o', (options, clips, ms) =>
    on(playRec, options, async ({ place }) => {
      const { caller, called, lasted } = await place()
      expect([...clipsOf(caller, caller), ...clipsOf(called, caller)]).toHaveLength(clips)
      expect(Math.abs(lasted - ms)).toBeLessThan(500)
    }),
  )

  it('follows the duration of an originator', () => {
    const app = playRec({ iterations: 9, recPeriod: Infinity })
    return onEmbeddedSwitch(
      async ({ client }) => {
        app.settings?.({ duration: 2 * CLIP } as LoadSettings)
        const { caller } = await call(client)
        await caller.call.ended
        const lasted = (caller.times.hangup ?? NaN) - (caller.times.answer ?? NaN)
        expect(Math.abs(lasted - 2 * CLIP)).toBeLessThan(300)
      },
      { apps: [app] },
    )
  })

  it('goes on until somebody hangs up, where that is the duration; the recordings are complete then', () =>
    on(playRec, { duration: Infinity }, async ({ client, clock, recorded }) => {
      const { caller, called } = await call(client)
      await sleep(clock, 60_000)
      expect(clipsOf(caller, caller).length + clipsOf(called, caller).length).toBe(15)
      expect(recorded).toEqual([])
      await called.hangup()
      await caller.call.ended
      await sleep(clock, 100)
      expect(recorded).toHaveLength(1)
    }))

  it('says so where the switch has no such clip, and hangs up', () =>
    onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        const { caller } = await call(client)
        await caller.call.ended
        await sleep(clock, 100)
        expect(failures).toMatchObject([
          {
            app: 'PlayRec',
            error: { code: 'COMMAND_FAILED', reply: expect.stringContaining('nosuch.wav') as string },
          },
        ])
      },
      { apps: [playRec({ clip: 'nosuch.wav' })] },
    ))

  it('keeps each of its nodes apart: their folders, and their periods', async () => {
    const clock = virtualClock()
    const recorded: CallRecordings[] = []
    const app = playRec({ onRecorded: (each) => recorded.push(each), recPeriod: 60_000 })
    const run = async (): Promise<void> => {
      await using one = await simulate({ clock, transport: 'memory', seed: 1, port: 1 })
      await using two = await simulate({ clock, transport: 'memory', seed: 2, port: 2 })
      const targets = [
        { host: 'one', port: 8021, connect: one.connect },
        { host: 'two', port: 8021, connect: two.connect },
      ]
      await using first = await connect(targets[0] ?? '', { clock, apps: [app] })
      await using second = await connect(targets[1] ?? '', { clock, apps: [app] })
      for (const client of [first, second, first, second]) {
        const { caller } = await call(client)
        await caller.call.ended
      }
    }
    await clock.run(run())
    expect(recorded.map(({ node }) => node)).toEqual(['one:8021', 'two:8021'])
  })
})

describe('MutedPlayRec', () => {
  it('has both legs play all the time, one of them muted; they swap each time that a clip ends', () => {
    const mutes: [at: number, uuid: string, level: string][] = []
    const watch: ClientApp = {
      name: 'Watch',
      handle: {
        API(event) {
          const [uuid = '', , , , level = ''] = (event.get('API-Command-Argument') ?? '').split(' ')
          if (event.get('API-Command') === 'uuid_audio') mutes.push([event.time, uuid, level])
        },
      },
    }
    return on(mutedPlayRec, { iterations: 3 }, async ({ client, clock, recorded }) => {
      await client.load(watch)
      const { caller, called } = await call(client)
      await caller.call.ended
      await sleep(clock, 100)
      const since = mutes.map(([at, uuid, level]) => [
        Math.round((at - (caller.times.answer ?? NaN)) / 100) * 100,
        uuid === caller.uuid ? 'caller' : 'callee',
        level === '1' ? 'muted' : 'heard',
      ])
      expect(since).toEqual([
        [0, 'callee', 'muted'],
        [4300, 'caller', 'muted'],
        [4300, 'callee', 'heard'],
        [8500, 'callee', 'muted'],
        [8500, 'caller', 'heard'],
        [12_800, 'caller', 'muted'],
      ])
      for (const leg of [caller, called]) expect(clipsOf(leg, caller).slice(0, 3)).toEqual([0, 4300, 8500])
      expect(recorded).toHaveLength(1)
      expect(caller.cause).toBe('NORMAL_CLEARING')
    })
  })

  it('says so where the switch has no such clip, and hangs up', () =>
    onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        const { caller } = await call(client)
        await caller.call.ended
        await sleep(clock, 100)
        expect(failures).toMatchObject([{ app: 'MutedPlayRec', error: { code: 'COMMAND_FAILED' } }])
      },
      { apps: [mutedPlayRec({ clip: 'nosuch.wav' })] },
    ))
})
