import { describe, expect, it } from 'vitest'
import { channelEvent, onScriptedSwitch, type Scripted } from '../service/on-scripted-switch.ts'

const event = channelEvent

/** What every session of these calls does when it is created and destroyed. */
const noting = async ({ client }: Scripted) => {
  const seen: string[] = []
  const note = ({ uuid }: { uuid: string }, { name }: { name: string }) => void seen.push(`${uuid} ${name}`)
  const on = { CHANNEL_CREATE: note, CHANNEL_ORIGINATE: note, CHANNEL_DESTROY: note }
  await client.load({ name: 'Noting', on })
  return seen
}

describe('a session', () => {
  it('begins with CHANNEL_CREATE or CHANNEL_ORIGINATE, whichever comes first', () =>
    onScriptedSwitch(async (at) => {
      await noting(at)
      await at.say(event('CHANNEL_ORIGINATE', 'A'), event('CHANNEL_CREATE', 'A'))
      await at.say(event('CHANNEL_CREATE', 'B'), event('CHANNEL_ORIGINATE', 'B'))
      expect(at.client.sessions.map(({ uuid }) => uuid)).toEqual(['A', 'B'])
      expect(at.client.counts.sessions).toBe(2)
      const [a] = at.client.sessions
      expect(a?.history.map(({ name }) => name)).toEqual(['CHANNEL_ORIGINATE', 'CHANNEL_CREATE'])
      expect((a?.times.create ?? 0) - (a?.times.originate ?? 0)).toBe(20)
    }))

  it('takes events that come twice, and counts them once', () =>
    onScriptedSwitch(async (at) => {
      const seen = await noting(at)
      const first = event('CHANNEL_ANSWER', 'A')
      await at.say(event('CHANNEL_CREATE', 'A'), event('CHANNEL_CREATE', 'A'), first, first)
      const end = event('CHANNEL_DESTROY', 'A', { 'Hangup-Cause': 'USER_BUSY' })
      await at.say(end, end)
      expect(seen).toEqual(['A CHANNEL_CREATE', 'A CHANNEL_CREATE', 'A CHANNEL_DESTROY'])
      expect(at.client.counts).toMatchObject({ sessions: 1, answered: 1 })
      expect([...at.client.counts.causes]).toEqual([['USER_BUSY', 1]])
    }))

  it('ends with CHANNEL_DESTROY, with its cause, also where no CHANNEL_HANGUP came', () =>
    onScriptedSwitch(async (at) => {
      await at.say(event('CHANNEL_CREATE', 'A'))
      const sess = at.client.session('A')
      expect([sess?.hungup, sess?.cause]).toEqual([false, undefined])
      await at.say(event('CHANNEL_DESTROY', 'A', { 'Hangup-Cause': 'ORIGINATOR_CANCEL' }))
      expect([sess?.hungup, sess?.cause, at.client.countSessions()]).toEqual([true, 'ORIGINATOR_CANCEL', 0])
      expect(sess?.times.hangup).toBeGreaterThan(0)
      expect(await sess?.hangup()).toMatchObject({ name: 'CHANNEL_DESTROY' })
    }))

  it('keeps the first cause it was given, and its first times', () =>
    onScriptedSwitch(async (at) => {
      await at.say(event('CHANNEL_CREATE', 'A'))
      const sess = at.client.session('A')
      await at.say(event('CHANNEL_HANGUP', 'A', { 'Hangup-Cause': 'USER_BUSY' }))
      const { hangup } = sess?.times ?? {}
      await at.say(event('CHANNEL_DESTROY', 'A', { 'Hangup-Cause': 'NORMAL_CLEARING' }))
      expect([sess?.cause, sess?.times.hangup]).toEqual(['USER_BUSY', hangup])
    }))

  it('is not made of the events of a channel that was there before us, or is gone', () =>
    onScriptedSwitch(async (at) => {
      await at.say(event('CHANNEL_ANSWER', 'old'), event('CHANNEL_DESTROY', 'old'))
      await at.say(event('CHANNEL_CREATE', 'A'), event('CHANNEL_DESTROY', 'A'))
      await at.say(event('CHANNEL_HANGUP_COMPLETE', 'A'))
      expect([at.client.countSessions(), at.client.countCalls(), at.client.counts.sessions]).toEqual([
        0, 0, 1,
      ])
    }))

  it('goes on under its new uuid when the switch renames the channel', () =>
    onScriptedSwitch(async (at) => {
      await at.say(event('CHANNEL_CREATE', 'A'))
      const sess = at.client.session('A')
      await at.say(event('CHANNEL_UUID', 'B', { 'Old-Unique-ID': 'A' }), event('CHANNEL_ANSWER', 'B'))
      expect([sess?.uuid, sess?.answered, at.client.session('A')]).toEqual(['B', true, undefined])
      expect(at.client.session('B')).toBe(sess)
    }))

  it('knows its direction, its latest headers and its times by the clock of the switch', () =>
    onScriptedSwitch(async (at) => {
      await at.say(
        event('CHANNEL_CREATE', 'A', { 'Call-Direction': 'outbound', variable_x: '1', variable_y: 'y' }),
      )
      await at.say(event('CHANNEL_ANSWER', 'A', { variable_x: '2' }))
      const sess = at.client.session('A')
      expect([sess?.direction, sess?.get('variable_x'), sess?.get('variable_y')]).toEqual([
        'outbound',
        '2',
        'y',
      ])
      expect([sess?.has('variable_x'), sess?.has('variable_z')]).toEqual([true, false])
      expect([sess?.uptime, sess?.node]).toEqual([20, 'scripted:8021'])
    }))
})
