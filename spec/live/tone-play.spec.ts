import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { sleep, systemClock } from '../../lib/clock.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { describeLive, onRealSwitch } from './on-real-switch.ts'

/** A pair of tones, which the switch can tell from anything else; a single one it cannot. */
const [LOW, HIGH] = [480, 620]

describeLive('TonePlay on a real switch', () => {
  it('the caller hears its own tone come back', (context) =>
    onRealSwitch(context, async ({ client, call, failures }) => {
      const id = `switchix-${randomUUID()}`
      let heard: () => void
      const detected = new Promise<void>((resolve) => (heard = resolve))
      const listening: ClientApp = {
        name: 'Listening',
        on: {
          CHANNEL_ANSWER: (sess) =>
            sess.direction === 'outbound' ? sess.detectTone(id, [LOW, HIGH]) : undefined,
        },
        // That of the session comes only when it has nothing to play any more.
        handle: { DETECTED_TONE: (event) => (event.get('Detected-Tone') === id ? heard() : undefined) },
      }
      await client.load(listening, { id })
      await client.load(tonePlay({ tone: `tone_stream://%(2000,0,${LOW},${HIGH})` }), { id })
      const { caller } = await call({ app: id })
      await Promise.race([
        detected,
        sleep(systemClock, 8000).then(() => Promise.reject(new Error('no tone'))),
      ])
      await caller.hangup()
      await caller.call.ended
      expect(failures).toEqual([])
    }))
})
