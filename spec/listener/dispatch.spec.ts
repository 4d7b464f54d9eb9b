import { describe, expect, it } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { channelEvent, onScriptedSwitch } from '../service/on-scripted-switch.ts'

const created = (uuid = 'A', headers?: Record<string, string>) =>
  channelEvent('CHANNEL_CREATE', uuid, headers)
const parked = (uuid = 'A', headers?: Record<string, string>) => channelEvent('CHANNEL_PARK', uuid, headers)
const destroyed = (uuid = 'A') => channelEvent('CHANNEL_DESTROY', uuid, { 'Hangup-Cause': 'NORMAL_CLEARING' })

describe('an event goes', () => {
  it('to handle functions, then the tables, then waiting flows, then on functions', () =>
    onScriptedSwitch(async ({ client, say }) => {
      const seen: string[] = []
      const known = () =>
        client.session('A')?.history.some(({ name }) => name === 'CHANNEL_PARK') ? 'known' : 'new'
      const app: ClientApp = {
        name: 'Order',
        handle: { CHANNEL_PARK: () => void seen.push(`handle ${known()}`) },
        on: {
          async CHANNEL_CREATE(sess) {
            await sess.recv('CHANNEL_PARK')
            seen.push(`flow ${known()}`)
          },
          CHANNEL_PARK: () => void seen.push(`on ${known()}`),
        },
      }
      await client.load(app)
      await say(created(), parked())
      expect(seen).toEqual(['handle new', 'flow known', 'on known'])
    }))

  it('to the apps of the session in load order, measurers first', () =>
    onScriptedSwitch(async ({ client, say }) => {
      const seen: string[] = []
      const noting = (name: string): ClientApp => ({
        name,
        handle: { CHANNEL_PARK: () => void seen.push(`${name} handles`) },
        on: { CHANNEL_PARK: () => void seen.push(name) },
      })
      await client.load(noting('first'))
      await client.load(noting('second'))
      await client.load(noting('measurer'), { measurer: true })
      await client.load(noting('other'), { id: 'other' })
      await say(created(), parked())
      const handled = ['measurer handles', 'first handles', 'second handles', 'other handles']
      expect(seen).toEqual([...handled, 'measurer', 'first', 'second'])
    }))

  it('to all others when one function throws, rejects, or hangs', () =>
    onScriptedSwitch(async ({ client, say, failures }) => {
      const seen: string[] = []
      const bad: ClientApp = {
        name: 'Bad',
        handle: {
          CHANNEL_PARK() {
            throw new Error('handle')
          },
        },
        on: {
          CHANNEL_CREATE: (sess) => sess.recv('CHANNEL_UNBRIDGE'),
          CHANNEL_PARK() {
            throw new Error('on')
          },
          CHANNEL_ANSWER: () => Promise.reject(new Error('async')),
        },
      }
      const note = ({ uuid }: { uuid: string | undefined }, { name }: { name: string }) =>
        void seen.push(`${uuid ?? ''} ${name}`)
      const good: ClientApp = {
        name: 'Good',
        on: { CHANNEL_CREATE: note, CHANNEL_PARK: note, CHANNEL_ANSWER: note },
      }
      await client.load(bad)
      await client.load(good)
      await say(created(), parked(), channelEvent('CHANNEL_ANSWER', 'A'), created('B'))
      expect(seen).toEqual(['A CHANNEL_CREATE', 'A CHANNEL_PARK', 'A CHANNEL_ANSWER', 'B CHANNEL_CREATE'])
      expect(failures).toMatchObject([
        { event: 'CHANNEL_PARK', session: undefined, error: { message: 'handle' } },
        { event: 'CHANNEL_PARK', session: 'A', error: { message: 'on' } },
        { event: 'CHANNEL_ANSWER', session: 'A', error: { message: 'async' } },
      ])
      await say(destroyed('A'), destroyed('B'))
    }))

  it('to a flow before the next event is looked at, as far as its promises reach', () =>
    onScriptedSwitch(async ({ client, say }) => {
      const seen: string[] = []
      const app: ClientApp = {
        name: 'Looking',
        on: {
          async CHANNEL_PARK(sess) {
            await sess.answer()
            seen.push(sess.history.at(-1)?.name ?? '')
            await (async () => await sess.recv('CHANNEL_BRIDGE'))()
            seen.push(sess.history.at(-1)?.name ?? '')
          },
        },
      }
      await client.load(app)
      await say(created(), parked())
      await say(
        ...['CHANNEL_ANSWER', 'CHANNEL_PROGRESS', 'CHANNEL_BRIDGE', 'CHANNEL_UNBRIDGE'].map((name) =>
          channelEvent(name, 'A'),
        ),
      )
      expect(seen).toEqual(['CHANNEL_ANSWER', 'CHANNEL_BRIDGE'])
    }))
})
