import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { outcomeOf } from '../testing/promises.ts'
import { describeLive, onRealSwitch } from './on-real-switch.ts'

describeLive('what is timed out is taken back at the switch', () => {
  it('a bridge: the legs that are being called are hung up, in turn too, and the call goes on', (context) =>
    onRealSwitch(context, async ({ client, call, profile }) => {
      const capture = await profile('capture')
      const { called } = await call()
      for (const strategy of ['together', 'in turn', 'enterprise'] as const) {
        const parties = [`ring@${capture}`, `ring@${capture}`]
        const bridging = called.bridge({ profile: 'external', strategy, parties, timeout: 700 })
        expect(await outcomeOf(bridging)).toMatchObject({ code: 'TIMEOUT' })
        await expect
          .poll(
            () => called.call.active.filter((leg) => leg.get('Caller-Destination-Number') === 'ring').length,
            {
              timeout: 5000,
            },
          )
          .toBe(0)
        const played = await called.playback('tone_stream://%(100,0,440)', { timeout: 5000 })
        expect([strategy, played.get('Application-Response')]).toEqual([strategy, 'FILE PLAYED'])
      }
      expect(client.countJobs()).toBe(0)
    }))

  it('a playback, digits, an echo: what comes after is not broken off', (context) =>
    onRealSwitch(context, async ({ call }) => {
      const { called } = await call()
      const prompt = 'silence_stream://20000'
      const verbs = [
        () => called.playback(prompt, { timeout: 500 }),
        () => called.collectDigits({ prompt, firstDigitTimeout: 1500, timeout: 500 }),
        () => called.echo({ timeout: 500 }),
        () => called.execute('sleep', '20000', { timeout: 500 }),
      ]
      for (const verb of verbs) {
        const began = Date.now()
        const given = outcomeOf(verb())
        const next = called.playback('tone_stream://%(300,0,440)', { timeout: 10_000 })
        expect(await given).toMatchObject({ code: 'TIMEOUT' })
        expect((await next).get('Application-Response')).toBe('FILE PLAYED')
        expect(Date.now() - began).toBeLessThan(6000)
      }
    }))

  it('two queued bridges resolve each with its own leg; the peer is the leg that it is bridged to', (context) =>
    onRealSwitch(context, async ({ client, call, profile }) => {
      const capture = await profile('capture')
      const { called, caller } = await call()
      expect(called.peer?.uuid).toBe(caller.uuid)
      const first = called.bridge({ dest: `answer@${capture}`, profile: 'external' })
      const second = called.bridge({ dest: `ringanswer@${capture}`, profile: 'external' })
      const one = await first
      expect(called.peer?.uuid).toBe(one.uuid)
      await wait(300)
      await client.session(one.uuid)?.hangup()
      const other = await second
      expect(other.uuid).not.toBe(one.uuid)
      expect(called.peer?.uuid).toBe(other.uuid)
      expect(client.session(other.uuid)?.get('Caller-Destination-Number')).toBe('ringanswer')
    }))

  it('the peer follows uuid_bridge, and two parks of one call are both done', (context) =>
    onRealSwitch(context, async ({ client, call }) => {
      const [one, other] = [await call(), await call()]
      await client.api(`uuid_bridge ${one.caller.uuid} ${other.caller.uuid}`)
      await expect.poll(() => one.caller.peer?.uuid, { timeout: 3000 }).toBe(other.caller.uuid)
      expect(other.caller.peer?.uuid).toBe(one.caller.uuid)
      for (let times = 0; times < 3; times++) {
        await one.called.park({ timeout: 3000 })
        const played = await one.called.playback('tone_stream://%(100,0,440)', { timeout: 3000 })
        expect(played.get('Application-Response')).toBe('FILE PLAYED')
      }
    }))

  it('park_after_bridge, bridge after bridge: the call still does what it is told', (context) =>
    onRealSwitch(context, async ({ client, call, profile }) => {
      const capture = await profile('capture')
      const { called } = await call()
      await called.setVar('park_after_bridge', true)
      for (let times = 0; times < 3; times++) {
        const bridge = await called.bridge({ dest: `answer@${capture}`, profile: 'external', timeout: 3000 })
        await client.session(bridge.uuid)?.hangup()
        await bridge.ended
        await wait(300)
        const played = await called.playback('tone_stream://%(100,0,440)', { timeout: 3000 })
        expect(played.get('Application-Response')).toBe('FILE PLAYED')
      }
    }))
})
