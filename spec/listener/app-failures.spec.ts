import { describe, expect, it } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { channelEvent, onScriptedSwitch } from '../service/on-scripted-switch.ts'

const created = (uuid = 'A', headers?: Record<string, string>) =>
  channelEvent('CHANNEL_CREATE', uuid, headers)
const parked = (uuid = 'A', headers?: Record<string, string>) => channelEvent('CHANNEL_PARK', uuid, headers)
const destroyed = (uuid = 'A') => channelEvent('CHANNEL_DESTROY', uuid, { 'Hangup-Cause': 'NORMAL_CLEARING' })

describe('a failure of an app', () => {
  it('is reported once, with the app, its id, the event, the session and the error, and counted', () =>
    onScriptedSwitch(async ({ client, say, failures }) => {
      const error = new Error('failed')
      await client.load({ name: 'Bad', on: { CHANNEL_PARK: () => Promise.reject(error) } }, { id: 'default' })
      await say(created(), parked(), parked('never heard of'))
      expect(failures).toEqual([{ app: 'Bad', id: 'default', event: 'CHANNEL_PARK', session: 'A', error }])
      expect(client.counts.appFailures).toBe(1)
    }))

  it('is not the end of its session: HangupError is a normal end', () =>
    onScriptedSwitch(async ({ client, say, failures }) => {
      const ends: unknown[] = []
      const waiting: ClientApp = {
        name: 'Waiting',
        on: {
          CHANNEL_CREATE: (sess) =>
            sess.recv('CHANNEL_BRIDGE').catch((error: unknown) => {
              ends.push(error)
              throw error
            }),
          CHANNEL_PARK: (sess) => sess.answer(),
        },
      }
      await client.load(waiting)
      await say(created(), parked(), destroyed())
      expect(ends).toMatchObject([
        { code: 'HANGUP', uuid: 'A', hangupCause: 'NORMAL_CLEARING', awaited: 'CHANNEL_BRIDGE' },
      ])
      expect(failures).toEqual([])
    }))

  it('of a callback for ended calls is reported, too, and stops no other', () =>
    onScriptedSwitch(async ({ client, say, failures }) => {
      const ended: string[] = []
      client.onCallEnd(() => {
        throw new Error('callback')
      })
      client.onCallEnd(({ first }) => void ended.push(first.uuid))
      await say(created('A'), destroyed('A'), created('B'), destroyed('B'))
      expect(ended).toEqual(['A', 'B'])
      expect(failures).toMatchObject([{ error: { message: 'callback' } }, { session: 'B' }])
    }))
})
