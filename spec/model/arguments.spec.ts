import { describe, expect, it } from 'vitest'
import { within } from '../../lib/flow/within.ts'
import { withTimeout } from '../../lib/app/with-timeout.ts'
import type { Session } from '../../lib/model/session.ts'
import { channelEvent } from '../service/on-scripted-switch.ts'
import { withOneSession } from './one-session.ts'

/** Numbers that no command and no wait can mean. */
const NO_NUMBERS = [NaN, Infinity, -Infinity, -1, 2 ** 53, '5' as unknown as number]

type Send = (sess: Session, value: number) => unknown

/** Every place of a session where a number goes to the switch. */
const PLACES: Readonly<Record<string, Send>> = {
  'schedHangup ms': (sess, n) => sess.schedHangup(n),
  'schedDtmf ms': (sess, n) => sess.schedDtmf(n, '1'),
  'sendDtmf duration': (sess, n) => sess.sendDtmf('1', n),
  'broadcast delay': (sess, n) => sess.broadcast('f.wav', { delay: n }),
  'mute level': (sess, n) => sess.mute('read', n),
  'playback startSample': (sess, n) => sess.playback('f.wav', { startSample: n }),
  'startRecord limit': (sess, n) => sess.startRecord('f.wav', { limit: n }),
  'startRecord sampleRate': (sess, n) => sess.startRecord('f.wav', { sampleRate: n }),
  'detectTone frequency': (sess, n) => sess.detectTone('k', [n]),
  'detectTone timeout': (sess, n) => sess.detectTone('k', [440], { timeout: n }),
  'collectDigits min': (sess, n) => sess.collectDigits({ prompt: 'f', min: n }),
  'collectDigits max': (sess, n) => sess.collectDigits({ prompt: 'f', max: n }),
  'collectDigits tries': (sess, n) => sess.collectDigits({ prompt: 'f', tries: n }),
  'collectDigits firstDigitTimeout': (sess, n) => sess.collectDigits({ prompt: 'f', firstDigitTimeout: n }),
  'collectDigits digitTimeout': (sess, n) => sess.collectDigits({ prompt: 'f', digitTimeout: n }),
  'respond status': (sess, n) => sess.respond(n),
}

const refusal = async (promise: unknown): Promise<unknown> => {
  try {
    return await promise
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

describe('a verb whose arguments are refused', () => {
  const refused: Readonly<Record<string, (sess: Session) => unknown>> = {
    playback: (sess) => sess.playback(''),
    'playback with a timeout': (sess) => sess.playback('', { timeout: 1000 }),
    say: (sess) => sess.say('a\nb'),
    speak: (sess) => sess.speak('a\nb'),
    collectDigits: (sess) => sess.collectDigits({ prompt: '' }),
  }
  it.each(Object.entries(refused))('sends nothing, and asks for no events: %s', (_, send) =>
    withOneSession(async ({ sess, commands }) => {
      const before = commands.length
      expect(await refusal(send(sess))).toBe('BAD_ARGUMENT')
      expect(commands.slice(before)).toEqual([])
    }),
  )
})

describe('a number that goes to the switch', () => {
  it.each(Object.entries(PLACES))('%s is checked: no such number is sent', (_, send) =>
    withOneSession(async ({ sess, commands }) => {
      const before = commands.length
      for (const value of NO_NUMBERS)
        expect([value, await refusal(send(sess, value))]).toEqual([value, 'BAD_ARGUMENT'])
      expect(commands.slice(before).filter((command) => !command.startsWith('event '))).toEqual([])
    }),
  )

  it('a whole number it must be where the switch cuts off what is behind the point', () =>
    withOneSession(async ({ sess }) => {
      for (const name of ['sendDtmf duration', 'mute level', 'playback startSample', 'collectDigits tries'])
        expect(await refusal(PLACES[name]?.(sess, 60.5))).toBe('BAD_ARGUMENT')
    }))

  it('milliseconds become whole seconds, at least one, for 0 would be now', () =>
    withOneSession(async ({ sess, commands, say }) => {
      for (const ms of [1, 1400, 1500, 2_147_483_647_000]) void sess.schedHangup(ms)
      void sess.detectTone('k', [440], { timeout: 1001 })
      await say()
      const sent = commands.join('\n')
      for (const seconds of [1, 2, 2_147_483_647])
        expect(sent).toContain(`sched_hangup +${seconds} ${sess.uuid} `)
      expect(sent).toContain('execute-app-arg: k 440 r +2')
    }))

  it('a digit is no longer than the switch can send at the rate of the codec', () =>
    withOneSession(async ({ sess, commands, say }) => {
      void sess.sendDtmf('1', 24_000)
      expect(await refusal(sess.sendDtmf('1', 24_001))).toBe('BAD_ARGUMENT')
      await say(channelEvent('CHANNEL_ANSWER', 'A', { 'Channel-Write-Codec-Rate': '48000' }))
      expect(await refusal(sess.sendDtmf('1', 4001))).toBe('BAD_ARGUMENT')
      await say()
      expect(commands.at(-1)).toContain('1@24000')
    }))
})

describe('a time that is waited for', () => {
  const NO_TIMES = [NaN, 0, -1, -Infinity, 2 ** 31, '5' as unknown as number]

  it('is checked in every wait: none is begun with a timeout that would never be, or be at once', () =>
    withOneSession(async ({ sess, client, commands }) => {
      const before = commands.length
      for (const timeout of NO_TIMES)
        for (const wait of [
          sess.recv('DTMF', { timeout }),
          sess.poll(['DTMF'], { timeout }),
          sess.answer({ timeout }),
          sess.playback('f.wav', { timeout }),
          sess.park({ timeout }),
          client.api('status', { timeout }),
        ])
          expect([timeout, await refusal(wait)]).toEqual([timeout, 'BAD_ARGUMENT'])
      expect(commands.slice(before).filter((command) => !command.startsWith('event '))).toEqual([])
    }))

  it('of a sleep may be 0, of a wait Infinity, which is none', () =>
    withOneSession(async ({ sess, say }) => {
      expect(await refusal(sess.sleep(NaN))).toBe('BAD_ARGUMENT')
      expect(await refusal(sess.sleep(-1))).toBe('BAD_ARGUMENT')
      await sess.sleep(0)
      void sess.recv('DTMF', { timeout: Infinity })
      await say()
    }))

  it('of a stream and of an app is checked where it is given', () => {
    for (const ms of NO_TIMES) {
      expect(() => within(ms)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }))
      expect(() => withTimeout(ms, { name: 'App' })).toThrow(
        expect.objectContaining({ code: 'BAD_ARGUMENT' }),
      )
    }
  })

  it('is for something: recv([]) and poll([]) would wait for ever', () =>
    withOneSession(async ({ sess }) => {
      expect(await refusal(sess.recv([]))).toBe('BAD_ARGUMENT')
      expect(await refusal(sess.poll([]))).toBe('BAD_ARGUMENT')
    }))
})

describe('a text that the switch would read as something else is refused, with what to do', () => {
  it.each<[string, RegExp, (sess: Session) => unknown]>([
    ['an option of transfer', /option/, (sess) => sess.transfer('-both')],
    ['an application of broadcast', /pass \{ execute/, (sess) => sess.broadcast('system::rm')],
    ['a sample of playback', /startSample/, (sess) => sess.playback('a.wav@@8000')],
    ['parameters of a file', /pass \{ vars \}/, (sess) => sess.playback('{loops=-1}a.wav')],
    ['all recordings', /all recordings/, (sess) => sess.startRecord('all')],
    ['a text that moves the voice', /"\|"/, (sess) => sess.speak('a|b')],
    ['nothing to say', /not empty/, (sess) => sess.say('')],
    ['another direction', /"read" or "write"/, (sess) => sess.mute('both' as 'read')],
    ['a status that is none', /SIP status/, (sess) => sess.respond('busy')],
    ['a contact that is two', /URI/, (sess) => sess.deflect('sip:a@b,sip:c@d')],
    ['an application that is two', /name of an application/, (sess) => sess.execute('log::x')],
    ['an array', /ARRAY::/, (sess) => sess.setVar('a', 'ARRAY::b|:c')],
    ['half a character', /surrogate/, (sess) => sess.setVar('a', 'x\ud800')],
    ['digits in two parts', /digits/, (sess) => sess.sendDtmf('1+2')],
    ['an expansion', /expand: true/, (sess) => sess.setVar('a', '${x}')],
  ])('%s', (_, message, send) =>
    withOneSession(async ({ sess, commands }) => {
      const before = commands.length
      await expect(send(sess)).rejects.toThrow(message)
      await expect(send(sess)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' })
      expect(commands.slice(before).filter((command) => !command.startsWith('event '))).toEqual([])
    }),
  )

  it('setVar lets ${…} through with the option that its error names', () =>
    withOneSession(async ({ sess, commands, say }) => {
      void sess.setVar('a', '${x}', { expand: true })
      void sess.setVars({ b: '${y}' }, { expand: true })
      await say()
      expect(commands.slice(-2)).toEqual([
        `api uuid_setvar ${sess.uuid} a \${x}`,
        `api uuid_setvar ${sess.uuid} b \${y}`,
      ])
    }))

  it('a value of setVar keeps its white space at the end', () =>
    withOneSession(async ({ sess, commands, say }) => {
      for (const value of ['x\t', 'x\u00a0', 'x ', 'x\v', 'x\ufeff']) void sess.setVar('a', value)
      await say()
      expect(commands.slice(-5).map((command) => command.split(' a ')[1])).toEqual([
        "x\t''",
        "x\u00a0''",
        'x\\s',
        "x\v''",
        "x\ufeff''",
      ])
    }))
})

describe('a uuid of more than a word, which the switch made up', () => {
  it('makes no session, for no command could be sent to it', () =>
    withOneSession(async ({ client, peer, say }) => {
      const count = client.countSessions()
      for (const uuid of ['a%20all', 'a%0A%0Aapi%20x', '', "a'b"]) {
        const head = `Event-Name: CHANNEL_CREATE\nUnique-ID: ${uuid}\n\n`
        peer.write(`Content-Length: ${head.length}\nContent-Type: text/event-plain\n\n${head}`)
      }
      await say()
      expect(client.countSessions()).toBe(count)
    }))
})
