import { AssertionError } from 'node:assert'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { proxier } from '../../lib/apps/proxier.ts'
import { HangupError } from '../../lib/errors.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { testSession } from '../../lib/testing/test-session.ts'
import { outcomeOf } from './promises.ts'

/** Answers, asks for a digit, and does as it says. */
const menu: ClientApp = {
  name: 'Menu',
  subscribe: ['DTMF'],
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound' || sess.answered) return
      await sess.answer()
      void sess.playback('menu.wav')
      const digit = await sess.recv('DTMF', { timeout: 30_000 }).then(
        (event) => event.get('DTMF-Digit'),
        () => 'none',
      )
      await sess.breakMedia()
      if (digit === '1') await sess.transfer('sales')
      else await sess.hangup(digit === 'none' ? 'NO_USER_RESPONSE' : 'NORMAL_CLEARING')
    },
  },
}

/** An app that does this with an inbound call. */
const doing = (flow: (sess: Session) => unknown): ClientApp => ({
  name: 'Doing',
  on: { CHANNEL_PARK: flow },
})

const messageOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await outcomeOf(promise)
  expect(error).toBeInstanceOf(AssertionError)
  return (error as Error).message
}

describe('a scripted call', () => {
  it('names the commands that nobody expected in the difference of end()', async () => {
    const t = await testSession(doing((sess) => void sess.playback('menu.wav')))
    const error = (await outcomeOf(t.end())) as AssertionError
    expect(error.actual).toBe('playback menu.wav')
  })

  it('is carried by expectations, each of which has its command done', async () => {
    const t = await testSession(menu, { destination: '200', caller: '+4930123456' })
    await t.expect('answer')
    expect(t.session?.answered).toBe(true)
    expect([t.session?.get('Caller-Destination-Number'), t.session?.get('Caller-Caller-ID-Number')]).toEqual([
      '200',
      '+4930123456',
    ])
    const prompt = await t.expectRunning('playback', 'menu.wav')
    t.dtmf('1')
    await t.expect('breakMedia')
    await t.expect('transfer', /^sales XML/)
    expect(prompt.toString()).toBe('playback menu.wav')
    expect(t.commands.map(String)).toEqual([
      'answer',
      'playback menu.wav',
      'uuid_break',
      'uuid_transfer sales XML default',
    ])
    await t.end()
  })

  it('runs in virtual time, as far as the next command', async () => {
    const t = await testSession(menu)
    const began = t.clock.now()
    await t.expect('answer')
    await t.expectRunning('playback')
    await t.expectNothing(29_000)
    await t.expect('uuid_break')
    expect(t.clock.now() - began).toBeLessThan(30_100)
    await t.expect('hangup', 'NO_USER_RESPONSE')
    expect(t.commands.at(-1)?.t).toBeGreaterThan(29_900)
    await t.end()
    expect(t.clock.pending).toBe(0)
  })

  it('goes on by itself where it is told to run', async () => {
    const t = await testSession(menu)
    await t.run()
    expect(t.commands.map(String)).toEqual([
      'answer',
      'playback menu.wav',
      'uuid_break',
      'uuid_kill NO_USER_RESPONSE',
    ])
    expect(t.session).toBeUndefined()
    await t.end()
  })

  it('ends with what the other end does', async () => {
    const ends: unknown[] = []
    const app = doing(async (sess) => {
      await sess.answer()
      await sess.echo().catch((error: unknown) => ends.push(error))
    })
    const t = await testSession(app)
    await t.expect('answer')
    await t.expect('echo')
    t.hangup('USER_BUSY')
    await t.end()
    expect(ends.map((error) => (error instanceof HangupError ? error.hangupCause : String(error)))).toEqual(
      [],
    )
  })

  it('waits for real work of the app, such as a file, that time does not stand for', async () => {
    const app = doing(async (sess) => {
      await sess.setVar('text', (await readFile('package.json', 'utf8')).length)
    })
    const t = await testSession(app)
    await t.expect('setVar', /^text \d+$/)
    await t.end()
  })
})

describe('what the switch of a scripted call answers', () => {
  it('variables: as given, as set, and none', async () => {
    const seen: unknown[] = []
    const app = doing(async (sess) => {
      await sess.setVar('colour', 'sky blue')
      seen.push(await sess.getVar('lang'), await sess.getVar('colour'), await sess.getVar('size'))
      await sess.unsetVar('colour')
      seen.push(await sess.getVar('colour'))
    })
    const t = await testSession(app, { variables: { lang: 'de' } })
    await t.run()
    expect(seen).toEqual(['de', 'sky blue', undefined, undefined])
    await t.end()
  })

  it('what the test says, errors included', async () => {
    const seen: unknown[] = []
    const app = doing(async (sess) => {
      seen.push(await sess.api('status'), await sess.getVar('x'))
      seen.push(await sess.hangup().catch((error: unknown) => String(error)))
    })
    const t = await testSession(app)
    t.reply('uuid_getvar', ({ arg }) => `value of ${arg}`)
    t.reply('hangup', '-ERR not now\n')
    t.reply('status', 'UP 0 years')
    await t.run()
    expect(seen).toEqual(['UP 0 years', 'value of x', expect.stringContaining('-ERR not now')])
    await t.end()
  })

  it('digits that were collected, or none', async () => {
    const seen: unknown[] = []
    const app = doing(async (sess) => {
      for (let i = 0; i < 2; i++) seen.push(await sess.collectDigits({ prompt: 'pin.wav', max: 4 }))
    })
    const t = await testSession(app)
    const collect = await t.expectRunning('collectDigits', /pin\.wav/)
    collect.digits('1234')
    collect.complete()
    await t.expect('play_and_get_digits')
    await t.end()
    expect(seen).toEqual(['1234', '1234'])
  })

  it('a recording that begins and ends', async () => {
    const app = doing(async (sess) => {
      await sess.startRecord('/tmp/a.wav')
      const event = await sess.stopRecord()
      await sess.setVar('recorded', event.get('Record-File-Path') ?? '')
    })
    const t = await testSession(app)
    await t.expectAll(['startRecord'])
    await t.expect('stopRecord', 'stop all')
    await t.expect('setVar', 'recorded /tmp/a.wav')
    await t.end()
  })
})

describe('legs of a scripted call', () => {
  it('a bridge brings one, which answers and is heard', async () => {
    const t = await testSession(proxier(), {
      variables: { sip_req_uri: 'bob@example.com', sofia_profile_name: 'external' },
    })
    await t.expect('bridge', /^\{sip_h_X-Switchix-Proxied=\S+\}sofia\/external\/bob@example\.com$/)
    expect([
      t.legs.length,
      t.peer.session?.direction,
      t.peer.session?.get('Caller-Destination-Number'),
    ]).toEqual([2, 'outbound', 'bob'])
    expect(t.session?.answered).toBe(true)
    t.peer.hangup()
    await t.clock.advance(0)
    expect(t.session?.hungup).toBe(false)
    await t.end()
  })

  it('a bridge that fails hangs the caller up, unless it was told to go on', async () => {
    const tries: string[] = []
    const app = doing(async (sess) => {
      for (const dest of ['a@h.example', 'b@h.example'])
        await sess
          .bridge({ dest, profile: 'external', continueOnFail: dest.startsWith('a') })
          .catch((error: unknown) => tries.push(String(error)))
    })
    const t = await testSession(app)
    t.ignore('setVar')
    ;(await t.expectRunning('bridge', /a@/)).fail('USER_BUSY')
    ;(await t.expectRunning('bridge', /b@/)).fail('NO_ANSWER')
    await t.end()
    expect(tries[0]).toMatch(/USER_BUSY/)
    expect(tries[1]).toMatch(/NO_ANSWER/)
    expect(t.session).toBeUndefined()
  })

  it('an app places a call of its own', async () => {
    const results: string[] = []
    const app = doing(async (sess) => {
      if (sess.direction === 'outbound') return
      for (const dest of ['bob@h.example', 'eve@h.example'])
        results.push(
          await t.client.originate(dest).then(
            (other) => `answered ${other.get('Caller-Destination-Number') ?? ''}`,
            (error: unknown) => String(error),
          ),
        )
    })
    const t = await testSession(app, { begin: ['CHANNEL_CREATE'] })
    t.emit('CHANNEL_PARK')
    await t.expect('originate', /bob@h\.example/)
    ;(await t.expectRunning('originate')).fail('USER_BUSY')
    await t.run(0)
    expect(results).toEqual(['answered bob', expect.stringMatching(/USER_BUSY/)])
    await t.end()
  })

  it('each has expectations of its own', async () => {
    const t = await testSession(doing((sess) => sess.answer()))
    const other = t.leg({ caller: '2000' })
    other.emit('CHANNEL_PARK')
    await other.expect('answer')
    await t.expect('answer')
    expect([other.uuid, other.session?.get('Caller-Caller-ID-Number')]).toEqual(['leg-2', '2000'])
    await t.end()
  })
})

describe('an expectation that fails', () => {
  it('tells what came instead, and all that came before', async () => {
    const t = await testSession(menu)
    await t.expect('answer')
    const message = await messageOf(t.expect('playback', 'other.wav'))
    expect(message).toMatch(/^expected playback other\.wav, but playback menu\.wav came\n/)
    expect(message).toMatch(/commands so far:\n {4}answer\n {2}> playback menu\.wav\n/)
    expect(message).toMatch(/events so far:\n {2}CHANNEL_CREATE, CHANNEL_PARK, .*CHANNEL_ANSWER, /)
    await t[Symbol.asyncDispose]()
  })

  it('points at the line of the test', async () => {
    const t = await testSession(menu)
    const error = (await outcomeOf(t.expect('hangup'))) as Error
    expect(error.stack?.split('\n').find((line) => line.includes(' at '))).toContain('test-session.spec.ts')
    expect(error).toMatchObject({ expected: 'hangup', actual: 'answer' })
    await t[Symbol.asyncDispose]()
  })

  it('tells when nothing came, and of events that nobody had asked for', async () => {
    const app = doing(() => undefined)
    const t = await testSession(app, { timeout: 5000 })
    t.emit('TALK')
    const message = await messageOf(t.expect('answer'))
    expect(message).toMatch(/^expected answer, but nothing more came within 5000 ms/)
    expect(message).toContain('TALK (not subscribed to)')
    await t.end()
  })

  it('tells of an app that failed', async () => {
    const t = await testSession(
      doing(() => {
        throw new Error('no such prompt')
      }),
    )
    const error = (await outcomeOf(t.expect('answer'))) as Error
    expect(error.message).toMatch(
      /^expected answer, but the app failed[^]*app Doing failed in CHANNEL_PARK: Error: no such prompt/,
    )
    expect(String(error.cause)).toBe('Error: no such prompt')
    expect(await messageOf(t.end())).toMatch(/^the app failed/)
  })

  it('wants all, or any, of several', async () => {
    const app = doing(async (sess) => {
      await Promise.all([sess.setVar('a', 1), sess.setVar('b', 2)])
      await sess.hangup()
    })
    const t = await testSession(app)
    await t.expectAll([
      ['setVar', 'b 2'],
      ['setVar', 'a 1'],
    ])
    expect(await messageOf(t.expectAny(['answer', ['hangup', 'USER_BUSY']]))).toMatch(
      /^expected answer or hangup USER_BUSY, but uuid_kill NORMAL_CLEARING came/,
    )
    expect(await messageOf(t.expectAll(['hangup', 'answer']))).toMatch(
      /^expected hangup, answer in any order, but nothing more came/,
    )
    expect(String(await t.expectAny(['answer', 'hangup']))).toBe('uuid_kill NORMAL_CLEARING')
    await t.end()
  })

  it('wants nothing, and something came', async () => {
    const t = await testSession(menu)
    expect(await messageOf(t.expectNothing())).toMatch(/^expected nothing, but answer came/)
    expect(await messageOf(t.end())).toMatch(/^1 command came that nobody expected/)
  })

  it('asks for a leg that is not there', async () => {
    const t = await testSession(menu)
    expect(() => t.peer).toThrow(/there is no other leg yet/)
    await t[Symbol.asyncDispose]()
  })
})
