import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { call, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'

describe('TonePlay', () => {
  it('answers what comes in and echoes it back; what goes out plays a tone without end', () =>
    onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        await client.load({ name: 'Watching', on: {}, subscribe: ['CHANNEL_EXECUTE'] })
        const { caller, called } = await call(client)
        const last = (sess: typeof caller) => sess.history.findLast(({ name }) => name === 'CHANNEL_EXECUTE')
        await sleep(clock, 60_000)
        expect(last(called)?.get('Application')).toBe('echo')
        expect(last(caller)?.get('Application-Data')).toBe('{loops=-1}tone_stream://%(251,0,1004)')
        await caller.hangup()
        await sleep(clock, 1000)
        expect([client.countSessions(), failures]).toEqual([0, []])
      },
      { apps: [tonePlay()] },
    ))
})
