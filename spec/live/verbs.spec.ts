import { expect, it } from 'vitest'
import { sleep, systemClock } from '../../lib/clock.ts'
import { proxier } from '../../lib/apps/proxier.ts'
import { kept, outcomeOf } from '../testing/promises.ts'
import { describeLive, onRealSwitch } from './on-real-switch.ts'

const TONE = 'tone_stream://%(300,0,440)'

describeLive('the verbs on a real switch', () => {
  it('answer, again; playback ends with its own end, two in a row too', (context) =>
    onRealSwitch(context, async ({ call }) => {
      const { caller, called } = await call()
      expect((await called.answer()).name).toBe('CHANNEL_EXECUTE_COMPLETE')
      const [one, two] = await Promise.all([
        caller.playback(TONE),
        caller.playback(TONE, { vars: { loops: 2 } }),
      ])
      expect([one.get('Application-Data'), two.get('Application-Data')]).toEqual([TONE, `{loops=2}${TONE}`])
      expect((await caller.playback('no/such/file.wav')).get('Application-Response')).toBe('FILE NOT FOUND')
    }))

  it('breakMedia ends what plays', (context) =>
    onRealSwitch(context, async ({ call }) => {
      const { caller } = await call()
      const began = caller.recv('PLAYBACK_START')
      const playing = caller.playback('tone_stream://%(300,0,440)', { vars: { loops: -1 } })
      await began
      await caller.breakMedia()
      expect((await playing).name).toBe('CHANNEL_EXECUTE_COMPLETE')
    }))

  it('variables come back as they were set', (context) =>
    onRealSwitch(context, async ({ call }) => {
      const nasty = [
        'two words',
        '  leading and trailing  ',
        "it's",
        'a "quoted" word',
        'back\\slash\\n',
        'a,b;c|d:e=f',
        '{braces} [brackets] (parentheses) <angles>',
        '100% a%20b %zz',
        'zwölf Boxkämpfer ☎ 😀',
        '$1 $$',
        '+OK',
        '-ERR no reply',
        '-ERR No such channel!',
        '-USAGE: x',
        '0',
      ]
      const { caller } = await call({ vars: { nasty_0: nasty.slice(0, 6).join(' ') } })
      expect(await caller.getVar('nasty_0')).toBe(nasty.slice(0, 6).join(' '))
      for (const value of nasty) {
        await caller.setVar('nasty', value)
        expect(await caller.getVar('nasty')).toBe(value)
      }
      await caller.unsetVar('nasty')
      expect(await caller.getVar('nasty')).toBeUndefined()
    }))

  it('digits that one leg sends come to the other, and are collected there', (context) =>
    onRealSwitch(context, async ({ call }) => {
      const { caller, called } = await call()
      const heard = called.recv('DTMF')
      await caller.sendDtmf('7')
      expect((await heard).get('DTMF-Digit')).toBe('7')
      const began = called.recv('PLAYBACK_START')
      const prompt = 'silence_stream://300'
      const digits = called.collectDigits({ prompt, min: 2, max: 2, firstDigitTimeout: 4000 })
      await began
      await caller.sendDtmf('42')
      expect(await digits).toBe('42')
    }))

  it('schedHangup hangs up later; clearTasks takes it back; the cause is the one that was given', (context) =>
    onRealSwitch(context, async ({ call }) => {
      const { caller } = await call()
      await caller.schedHangup(1000)
      await caller.clearTasks()
      await caller.schedHangup(2000, 'ALLOTTED_TIMEOUT')
      const start = systemClock.now()
      await caller.recv('CHANNEL_HANGUP')
      expect(caller.cause).toBe('ALLOTTED_TIMEOUT')
      expect(systemClock.now() - start).toBeGreaterThan(1200)
    }))

  it('bridge gives the other leg, and its end; a failed one says why; park takes the call back', (context) =>
    onRealSwitch(context, async ({ client, call, profile }) => {
      const capture = await profile('capture')
      const { called } = await call()
      await called.setVar('continue_on_fail', true)
      const failed = await outcomeOf(called.bridge({ dest: `busy@${capture}`, profile: 'external' }))
      expect(failed).toMatchObject({ code: 'COMMAND_FAILED', reply: 'USER_BUSY' })
      const bridge = await called.bridge({ dest: `answer@${capture}`, profile: 'external' })
      expect(client.session(bridge.uuid)?.call).toBe(called.call)
      await client.session(bridge.uuid)?.hangup()
      expect((await bridge.ended).name).toBe('CHANNEL_UNBRIDGE')
      const again = await called.bridge({ dest: `answer@${capture}`, profile: 'external' })
      expect((await called.park()).name).toBe('CHANNEL_PARK')
      await again.ended
    }))

  it('a bridge that fails hangs the call up with its cause, unless continue_on_fail is set', (context) =>
    onRealSwitch(context, async ({ call, profile }) => {
      const { called } = await call()
      const bridging = called.bridge({ dest: `busy@${await profile('capture')}`, profile: 'external' })
      expect(await outcomeOf(bridging)).toMatchObject({ reply: 'USER_BUSY' })
      await called.recv('CHANNEL_HANGUP')
      expect(called.cause).toBe('USER_BUSY')
    }))

  it('a verb to a channel that has just gone is its end, not a failure', (context) =>
    onRealSwitch(context, async ({ client, call }) => {
      const { caller, called } = await call()
      const end = caller.hangup()
      const verbs = [called.getVar('x'), called.setVar('x', 1), called.answer(), called.breakMedia()].map(
        (each) => kept(each as Promise<unknown>),
      )
      await end
      for (const verb of verbs) {
        const outcome = await outcomeOf(verb)
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'HANGUP' })
      }
      await called.hangup()
      expect(client.counts.unseenFailures).toBe(0)
    }))

  it('Proxier bridges what comes in to its Request-URI', (context) =>
    onRealSwitch(context, async ({ client, failures, profile }) => {
      const [external, capture] = [await profile('external'), await profile('capture')]
      await client.load(proxier(), { id: 'switchix-proxier' })
      const caller = await client.originate(`ringanswer@${capture}`, {
        app: 'switchix-proxier',
        proxy: external,
      })
      const proxied = client.sessions.find(
        (sess) => sess.direction === 'inbound' && sess.appId === 'switchix-proxier',
      )
      await proxied?.recv('CHANNEL_BRIDGE', { timeout: 5000 })
      expect(proxied?.call.uuid).toBe(caller.call.uuid)
      await caller.hangup()
      await sleep(systemClock, 100)
      expect(failures).toEqual([])
    }))
})
