import { describe, expect, it } from 'vitest'
import { channelEvent } from '../service/on-scripted-switch.ts'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { completed, withOneSession } from './one-session.ts'

describe('what a bridge gives', () => {
  const dest = { dest: 'x@y' }

  it('is the other leg, once they are bridged, and a promise of its end', () =>
    withOneSession(async ({ sess, say, happen }) => {
      const bridging = sess.bridge(dest)
      await say(channelEvent('CHANNEL_BRIDGE', 'A', { 'Bridge-B-Unique-ID': 'B' }))
      const bridge = await bridging
      expect([bridge.uuid, await stateOf(bridge.ended)]).toEqual(['B', 'pending'])
      await happen('CHANNEL_UNBRIDGE')
      expect((await bridge.ended).name).toBe('CHANNEL_UNBRIDGE')
    }))

  it('knows of its end also when it came at once, and when another wait has taken that', () =>
    withOneSession(async ({ sess, say }) => {
      const bridging = sess.bridge(dest)
      const taken = sess.recv('CHANNEL_UNBRIDGE')
      await say(channelEvent('CHANNEL_BRIDGE', 'A'), channelEvent('CHANNEL_UNBRIDGE', 'A'))
      expect(await (await bridging).ended).toBe(await taken)
    }))

  it('is a CommandError with the cause where they are never bridged', () =>
    withOneSession(async ({ sess, say, lastId }) => {
      const bridging = kept(sess.bridge(dest))
      await say()
      await say(completed(lastId(), { variable_originate_disposition: 'USER_BUSY' }))
      expect(await stateOf(bridging)).toMatchObject({ code: 'COMMAND_FAILED', reply: 'USER_BUSY' })
    }))

  it('is an ArgumentError where nobody says whom to bridge to', () =>
    withOneSession(async ({ sess }) => {
      expect(await outcomeOf(sess.bridge())).toMatchObject({ code: 'BAD_ARGUMENT' })
    }))
})
