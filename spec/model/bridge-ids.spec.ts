import { describe, expect, it } from 'vitest'
import { channelEvent, jobEvent, jobUuidOf } from '../service/on-scripted-switch.ts'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { completed, withOneSession, type OneSession } from './one-session.ts'

const bridged = (to: string): string =>
  channelEvent('CHANNEL_BRIDGE', 'A', {
    'Bridge-A-Unique-ID': 'A',
    'Bridge-B-Unique-ID': to,
    variable_current_application: 'bridge',
  })

/** The ids of the bridges that were sent, in order. */
const bridgeIds = ({ commands }: Pick<OneSession, 'commands'>): string[] =>
  commands
    .filter((command) => command.includes('execute-app-name: bridge'))
    .map((command) => /\nEvent-UUID: (.*)/.exec(command)?.[1] ?? '')

/** A leg that A has had dialled. */
const called = (uuid: string): string =>
  channelEvent('CHANNEL_CREATE', uuid, { 'Call-Direction': 'outbound', 'Other-Leg-Unique-ID': 'A' })

const kills = (commands: readonly string[]): string[] =>
  commands.flatMap((each) => /^api uuid_kill (\S+ \S+)/.exec(each)?.[1] ?? [])

describe('bridges of one session', () => {
  it('that are queued resolve each with its own leg', () =>
    withOneSession(async (at) => {
      const { sess, say } = at
      const [first, second] = [kept(sess.bridge({ dest: 'b@h' })), kept(sess.bridge({ dest: 'c@h' }))]
      await say()
      const [id = '', otherId = ''] = bridgeIds(at)
      await say(bridged('B'))
      expect([await stateOf(first), await stateOf(second)]).toMatchObject([{ uuid: 'B' }, 'pending'])
      await say(completed(id, { variable_originate_disposition: 'SUCCESS' }), bridged('C'))
      expect(await stateOf(second)).toMatchObject({ uuid: 'C' })
      await say(completed(otherId))
    }))

  it('are not done by a bridge that somebody else has made of the session', () =>
    withOneSession(async (at) => {
      const bridging = kept(at.sess.bridge({ dest: 'b@h' }))
      await at.say(
        channelEvent('CHANNEL_BRIDGE', 'A', {
          variable_current_application: 'park',
          'Bridge-B-Unique-ID': 'X',
        }),
      )
      expect(await stateOf(bridging)).toBe('pending')
      await at.say(bridged('B'))
      expect(await stateOf(bridging)).toMatchObject({ uuid: 'B' })
    }))

  it('of which the first has failed: the second is not taken for it', () =>
    withOneSession(async (at) => {
      const [first, second] = [kept(at.sess.bridge({ dest: 'b@h' })), kept(at.sess.bridge({ dest: 'c@h' }))]
      await at.say()
      const [id = ''] = bridgeIds(at)
      await at.say(completed(id, { variable_originate_disposition: 'USER_BUSY' }), bridged('C'))
      expect([await stateOf(first), await stateOf(second)]).toMatchObject([
        { code: 'COMMAND_FAILED', reply: 'USER_BUSY' },
        { uuid: 'C' },
      ])
    }))

  it('are over by their own completion where the CHANNEL_UNBRIDGE was lost', () =>
    withOneSession(async (at) => {
      const bridging = at.sess.bridge({ dest: 'b@h' })
      await at.say(bridged('B'))
      const { ended } = await bridging
      await at.say(completed(bridgeIds(at)[0] ?? '', { variable_originate_disposition: 'SUCCESS' }))
      expect((await ended).name).toBe('CHANNEL_EXECUTE_COMPLETE')
    }))

  it('of a call that is gone reject with its end, also with continueOnFail', () =>
    withOneSession(
      async (at) => {
        const bridging = outcomeOf(at.sess.bridge({ dest: 'b@h', continueOnFail: true }))
        await at.say()
        await at.end()
        expect(await bridging).toMatchObject({ code: 'HANGUP', hangupCause: 'NORMAL_CLEARING' })
        expect(await outcomeOf(at.sess.bridge({ dest: 'b@h', continueOnFail: true }))).toMatchObject({
          code: 'HANGUP',
        })
      },
      { answer: (command) => (command.startsWith('api uuid_setvar') ? GONE : undefined) },
    ))
})

const GONE = 'Content-Type: api/response\nContent-Length: 23\n\n-ERR No such channel!\n\n'

describe('a bridge that is timed out or aborted', () => {
  it('hangs up the legs that are being called, and those that it calls next, until it is complete', () =>
    withOneSession(async (at) => {
      const bridging = kept(at.sess.bridge({ parties: ['b@h', 'c@h'], strategy: 'in turn', timeout: 1000 }))
      await at.say()
      const [id = ''] = bridgeIds(at)
      await at.say(channelEvent('CHANNEL_EXECUTE', 'A', { 'Application-UUID': id }), called('B'))
      await at.clock.advance(1000)
      expect([await stateOf(bridging), kills(at.commands)]).toMatchObject([
        { code: 'TIMEOUT' },
        ['B ORIGINATOR_CANCEL'],
      ])
      await at.say(called('C'))
      expect(kills(at.commands)).toEqual(['B ORIGINATOR_CANCEL', 'C ORIGINATOR_CANCEL'])
      await at.say(completed(id, { variable_originate_disposition: 'ORIGINATOR_CANCEL' }), called('D'))
      expect(kills(at.commands)).toHaveLength(2)
    }))

  it('leaves alone what is bridged, and the legs of others', () =>
    withOneSession(async (at) => {
      const control = new AbortController()
      const bridging = at.sess.bridge({ dest: 'b@h', signal: control.signal })
      await at.say()
      await at.say(
        channelEvent('CHANNEL_EXECUTE', 'A', { 'Application-UUID': bridgeIds(at)[0] ?? '' }),
        called('B'),
        channelEvent('CHANNEL_CREATE', 'X', { 'Call-Direction': 'outbound' }),
        bridged('B'),
      )
      expect((await bridging).uuid).toBe('B')
      control.abort()
      await at.say()
      expect(kills(at.commands)).toEqual([])
    }))

  it('that waits for its turn is taken back once that has come', () =>
    withOneSession(async (at) => {
      const first = kept(at.sess.bridge({ dest: 'b@h' }))
      const second = kept(at.sess.bridge({ dest: 'c@h', timeout: 1000 }))
      await at.say()
      const [id = '', otherId = ''] = bridgeIds(at)
      await at.say(channelEvent('CHANNEL_EXECUTE', 'A', { 'Application-UUID': id }), called('B'))
      await at.clock.advance(1000)
      expect([await stateOf(first), await stateOf(second), kills(at.commands)]).toMatchObject([
        'pending',
        { code: 'TIMEOUT' },
        [],
      ])
      await at.say(
        completed(id, { variable_originate_disposition: 'USER_BUSY' }),
        channelEvent('CHANNEL_EXECUTE', 'A', { 'Application-UUID': otherId }),
        called('C'),
      )
      expect(kills(at.commands)).toEqual(['C ORIGINATOR_CANCEL'])
    }))
})

const breaks = (commands: readonly string[]): number =>
  commands.filter((command) => command.startsWith('api uuid_break')).length

describe('an application that is timed out', () => {
  it('is broken off where it runs, and once it runs where it waits for its turn; no other is', () =>
    withOneSession(async (at) => {
      const playing = kept(at.sess.playback('long.wav'))
      await at.say()
      const playingId = at.lastId()
      const saying = kept(at.sess.say('1', { timeout: 1000 }))
      await at.say()
      const sayingId = at.lastId()
      await at.say(channelEvent('CHANNEL_EXECUTE', 'A', { 'Application-UUID': playingId }))
      await at.clock.advance(1000)
      expect([await stateOf(saying), await stateOf(playing), breaks(at.commands)]).toMatchObject([
        { code: 'TIMEOUT' },
        'pending',
        0,
      ])
      await at.say(completed(playingId))
      expect(breaks(at.commands)).toBe(0)
      await at.say(channelEvent('CHANNEL_EXECUTE', 'A', { 'Application-UUID': sayingId }))
      expect(breaks(at.commands)).toBe(1)
    }))

  it('and complete by then is left alone, and so is one that is over at once', () =>
    withOneSession(async (at) => {
      const playing = at.sess.playback('short.wav', { timeout: 1000 })
      await at.say()
      await at.say(completed(at.lastId()))
      await playing
      const answering = kept(at.sess.answer({ timeout: 1000 }))
      await at.clock.advance(2000)
      expect([await stateOf(answering), breaks(at.commands)]).toMatchObject([{ code: 'TIMEOUT' }, 0])
    }))
})

describe('a transfer, and a park', () => {
  it('wait each for their own effect', () =>
    withOneSession(async (at) => {
      await at.say(channelEvent('CHANNEL_PARK', 'A', { 'Caller-Profile-Index': '1' }))
      const [first, second] = [kept(at.sess.transfer('1')), kept(at.sess.transfer('2'))]
      await at.say(channelEvent('CHANNEL_EXECUTE', 'A', { 'Caller-Profile-Index': '2' }))
      expect([await stateOf(first), await stateOf(second)]).toMatchObject([
        { name: 'CHANNEL_EXECUTE' },
        'pending',
      ])
      await at.say(channelEvent('CHANNEL_EXECUTE', 'A', { 'Caller-Profile-Index': '3' }))
      expect(await stateOf(second)).toMatchObject({ name: 'CHANNEL_EXECUTE' })
      const parking = kept(at.sess.park())
      await at.say(channelEvent('CHANNEL_PARK', 'A', { 'Channel-State': 'CS_EXECUTE' }))
      expect(await stateOf(parking)).toBe('pending')
      await at.say(channelEvent('CHANNEL_PARK', 'A', { 'Channel-State': 'CS_PARK' }))
      expect(await stateOf(parking)).toMatchObject({ name: 'CHANNEL_PARK' })
    }))

  it('to the inline dialplan, which runs it, take only what the program has written', () =>
    withOneSession(async (at) => {
      const refused = await outcomeOf(at.sess.transfer('system:reboot', { dialplan: 'inline' }))
      expect(refused).toMatchObject({ code: 'BAD_ARGUMENT' })
      expect(at.commands.some((command) => command.includes('uuid_transfer'))).toBe(false)
    }))
})

describe('the peer of a session', () => {
  it('is the leg that it is bridged to now, of whatever call, right after uuid_bridge', () =>
    withOneSession(async ({ sess, say, client }) => {
      await say(channelEvent('CHANNEL_CREATE', 'B'), channelEvent('CHANNEL_CREATE', 'C'))
      const bridge = (a: string, b: string): string =>
        channelEvent('CHANNEL_BRIDGE', a, { 'Bridge-A-Unique-ID': a, 'Bridge-B-Unique-ID': b })
      const peers = (): (string | undefined)[] =>
        ['A', 'B', 'C'].map((uuid) => client.session(uuid)?.peer?.uuid)
      await say(bridge('A', 'B'))
      expect([sess.peer?.uuid, peers()]).toEqual(['B', ['B', 'A', undefined]])
      await say(bridge('C', 'A'))
      expect(peers()).toEqual(['C', undefined, 'A'])
      // The end of the bridge before is late.
      await say(
        channelEvent('CHANNEL_UNBRIDGE', 'B', { 'Bridge-A-Unique-ID': 'A', 'Bridge-B-Unique-ID': 'B' }),
      )
      expect(peers()).toEqual(['C', undefined, 'A'])
      await say(channelEvent('CHANNEL_HANGUP', 'C', { 'Hangup-Cause': 'NORMAL_CLEARING' }))
      expect(peers()).toEqual([undefined, undefined, 'A'])
    }))

  it('is another leg of its call that is still up, where it is not bridged; never a dead one', () =>
    withOneSession(async ({ sess, say }) => {
      await say(called('B'), called('C'))
      expect(sess.peer?.uuid).toBe('C')
      await say(channelEvent('CHANNEL_HANGUP', 'C', { 'Hangup-Cause': 'USER_BUSY' }))
      expect(sess.peer?.uuid).toBe('B')
      await say(channelEvent('CHANNEL_HANGUP', 'B', { 'Hangup-Cause': 'USER_BUSY' }))
      expect([sess.peer, sess.call.last?.uuid]).toEqual([undefined, 'C'])
    }))
})

describe('an originate to several parties', () => {
  it('resolves with the session that the switch says has answered; each leg has a uuid of its own', () =>
    withOneSession(async ({ client, commands, say }) => {
      const job = client.originate({ parties: ['b@h', 'c@h'] })
      await say()
      const command = commands.at(-1) ?? ''
      expect(command).not.toContain('origination_uuid')
      const token = /sip_h_X-Switchix-Call=([\w-]+)/.exec(command)?.[1] ?? ''
      const leg = (uuid: string): string =>
        channelEvent('CHANNEL_CREATE', uuid, {
          'Call-Direction': 'outbound',
          'variable_sip_h_X-Switchix-Call': token,
        })
      await say(leg('B'), leg('C'))
      expect(['B', 'C'].map((uuid) => client.session(uuid)?.job === job)).toEqual([true, true])
      expect(client.session('B')?.call).toBe(client.session('C')?.call)
      await say(jobEvent(jobUuidOf(command), '+OK C\n'))
      expect([(await job).uuid, job.session?.uuid]).toEqual(['C', 'C'])
    }))
})
