import { describe, expect, it } from 'vitest'
import { channelEvent, onScriptedSwitch, type Scripted } from '../service/on-scripted-switch.ts'

const event = channelEvent

describe('a call', () => {
  const legs = (at: Scripted) =>
    at.client.calls.map(({ uuid, sessions }) => [uuid, sessions.map((leg) => leg.uuid).join()])
  const track = (headers: Record<string, string>, trackingHeaders?: string[]) => {
    let found: unknown
    const run = async (at: Scripted) => {
      await at.say(event('CHANNEL_CREATE', 'A', { variable_call_uuid: 'A', variable_x: 'same' }))
      await at.say(event('CHANNEL_CREATE', 'B', headers))
      found = legs(at)
    }
    return onScriptedSwitch(run, trackingHeaders ? { trackingHeaders } : {}).then(() => found)
  }

  it('is put together by the uuid of the call', async () => {
    expect(await track({ variable_call_uuid: 'A' })).toEqual([['A', 'A,B']])
    expect(await track({ variable_call_uuid: 'B' })).toEqual([
      ['A', 'A'],
      ['B', 'B'],
    ])
  })

  it('is not put together by a uuid in the X-header of originate, for anybody can send it', async () => {
    expect(await track({ variable_call_uuid: 'B', 'variable_sip_h_X-Switchix-Call': 'A' })).toEqual([
      ['A', 'A'],
      ['B', 'B'],
    ])
  })

  it('is put together by the token in the X-header of originate, which counts more', () =>
    onScriptedSwitch(async (at) => {
      void at.client.originate('x@y', { uuid: 'A' }).catch(() => undefined)
      await at.say()
      const [, token = ''] = /X-Switchix-Call=([^,}]*)/.exec(at.commands.at(-1) ?? '') ?? []
      const header = { 'variable_sip_h_X-Switchix-Call': token }
      await at.say(event('CHANNEL_CREATE', 'B', { variable_call_uuid: 'B', ...header }))
      await at.say(event('CHANNEL_CREATE', 'A', { variable_call_uuid: 'A', ...header }))
      expect(legs(at)).toEqual([['A', 'B,A']])
    }))

  it('is put together by the other leg of a bridge', async () => {
    expect(await track({ variable_call_uuid: 'B', 'Other-Leg-Unique-ID': 'A' })).toEqual([['A', 'A,B']])
  })

  it('is put together in whatever order its legs come', () =>
    onScriptedSwitch(async (at) => {
      await at.say(event('CHANNEL_CREATE', 'B', { variable_call_uuid: 'A' }))
      await at.say(event('CHANNEL_CREATE', 'A', { variable_call_uuid: 'A' }))
      await at.say(event('CHANNEL_CREATE', 'C', { variable_call_uuid: 'A' }))
      expect(legs(at)).toEqual([['A', 'B,A,C']])
    }))

  it('is put together by any header that is asked for', async () => {
    expect(await track({ variable_call_uuid: 'B', variable_x: 'same' }, ['variable_x'])).toEqual([
      ['same', 'A,B'],
    ])
  })

  it('of one session has no last and no peer', () =>
    onScriptedSwitch(async (at) => {
      await at.say(event('CHANNEL_CREATE', 'A'))
      const sess = at.client.session('A')
      expect([sess?.call.uuid, sess?.call.last, sess?.peer]).toEqual(['A', undefined, undefined])
      expect(sess?.call.first).toBe(sess)
    }))

  it('knows who is whose peer: the ends each other, a leg between them the one it is bridged to', () =>
    onScriptedSwitch(async (at) => {
      const same = { variable_call_uuid: 'A' }
      for (const uuid of ['A', 'B', 'C', 'D']) await at.say(event('CHANNEL_CREATE', uuid, same))
      await at.say(event('CHANNEL_BRIDGE', 'B', { 'Other-Leg-Unique-ID': 'C' }))
      const peers = at.client.sessions.map((sess) => sess.peer?.uuid)
      expect(peers).toEqual(['D', 'C', 'B', 'A'])
      const [a, , c] = at.client.sessions
      expect(a?.call.peer(a)?.uuid).toBe('D')
      expect(a?.call).toBe(c?.call)
    }))

  it('ends with its last session, and is told of once; its sessions stay in it', () =>
    onScriptedSwitch(async (at) => {
      const ended: unknown[] = []
      const stop = at.client.onCallEnd(({ uuid, sessions, active }) =>
        ended.push([uuid, sessions.length, active.length]),
      )
      const same = { variable_call_uuid: 'A' }
      await at.say(event('CHANNEL_CREATE', 'A', same), event('CHANNEL_CREATE', 'B', same))
      const sess = at.client.session('A')
      await at.say(event('CHANNEL_DESTROY', 'A'))
      expect([ended, sess?.call.active.map(({ uuid }) => uuid)]).toEqual([[], ['B']])
      await at.say(event('CHANNEL_DESTROY', 'B'))
      stop()
      await at.say(event('CHANNEL_CREATE', 'C'), event('CHANNEL_DESTROY', 'C'))
      expect([ended, at.client.countCalls()]).toEqual([[['A', 2, 0]], 0])
    }))

  it('carries what is yours, and hangs up by its first session that is up', () =>
    onScriptedSwitch(async (at) => {
      const same = { variable_call_uuid: 'A' }
      await at.say(event('CHANNEL_CREATE', 'A', same), event('CHANNEL_CREATE', 'B', same))
      const [a, b] = at.client.sessions
      if (a) a.call.vars['mine'] = 1
      expect(b?.call.vars['mine']).toBe(1)
      await at.say(event('CHANNEL_DESTROY', 'A'))
      const done = b?.call.hangup('USER_BUSY')
      await at.say(event('CHANNEL_HANGUP', 'B'))
      await done
      expect(at.commands.at(-1)).toBe('api uuid_kill B USER_BUSY')
    }))
})
