import { describe, expect, it } from 'vitest'
import { customEvent } from '../../lib/esl/subscribable.ts'
import type { EventName } from '../../lib/esl/event-names.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { withOneSession } from '../model/one-session.ts'
import { outcomeOf } from '../testing/promises.ts'
import { onEmbeddedSwitch } from './on-embedded-switch.ts'
import { onScriptedSwitch } from './on-scripted-switch.ts'

/** Names as a mistaken program may give them. */
const bad = (name: string): EventName => name as EventName

describe('CUSTOM events', () => {
  it('of any subclass, and of none, come to handle functions and to who asks for them', () =>
    onEmbeddedSwitch(async ({ client, clock }) => {
      const seen: string[] = []
      const note = ({ name }: { name: string }): void => void seen.push(name)
      const names = ['mod::update', 'update_aliasr', 'pti', customEvent('ACME')]
      await client.load({
        name: 'Listening',
        handle: Object.fromEntries([...names, 'CUSTOM'].map((name) => [name, note])),
      })
      for (const name of [...names, 'other_one']) await client.sendEvent('CUSTOM', { 'Event-Subclass': name })
      await client.sendEvent('CUSTOM', { 'X-None': '1' })
      await clock.advance(100)
      expect(seen).toEqual([...names, 'CUSTOM'])
    }))

  it('are asked for behind all event types', () =>
    onScriptedSwitch(async ({ client, commands }) => {
      await client.subscribe('pti', 'HEARTBEAT', 'CUSTOM', 'spandsp::txfaxresult', 'TRAP')
      expect(commands.at(-1)).toBe('event plain HEARTBEAT TRAP CUSTOM pti spandsp::txfaxresult')
      await client.subscribe('CUSTOM', 'TALK')
      expect(commands.at(-1)).toBe('event plain TALK')
    }))
})

describe('a name that no switch can be asked for', () => {
  const NAMES = ['CHANNEL_ANSWERED', 'dtmf', 'a b', '', 'x::y\nexit']

  it.each(NAMES)('is refused with ArgumentError wherever names are given: %j', (name) =>
    withOneSession(async ({ client, sess, commands }) => {
      const sent = commands.length
      const ways: (() => unknown)[] = [
        () => client.subscribe(bad(name)),
        () => client.subscribe('HEARTBEAT', bad(name)),
        () => sess.recv(bad(name)),
        () => sess.recv(['DTMF', bad(name)]),
        () => sess.poll([bad(name)]),
        () => sess.events(bad(name)),
      ]
      for (const way of ways)
        expect(await outcomeOf(Promise.resolve().then(way)), String(way)).toMatchObject({
          code: 'BAD_ARGUMENT',
        })
      const apps: ClientApp[] = [
        { name: 'On', on: { [name]: () => undefined } },
        { name: 'Handle', handle: { [name]: () => undefined } },
        { name: 'Subscribe', subscribe: [bad(name)], prepost: () => undefined },
      ]
      for (const app of apps)
        expect(await outcomeOf(client.load(app)), app.name).toMatchObject({
          code: 'APP_LOAD',
          cause: { code: 'BAD_ARGUMENT' },
        })
      expect(commands).toHaveLength(sent)
    }),
  )

  it('is none at all: no names end no wait', () =>
    withOneSession(async ({ sess }) => {
      for (const wait of [() => sess.recv([]), () => sess.poll([])])
        expect(await outcomeOf(wait())).toMatchObject({ code: 'BAD_ARGUMENT' })
    }))
})

describe('commands to the event system', () => {
  it('sendEvent has the switch tell an event, headers and body as they were given', () =>
    onEmbeddedSwitch(async ({ client, clock }) => {
      const seen: unknown[] = []
      await client.load({
        name: 'Listening',
        handle: { NOTIFY: (event) => seen.push([event.get('X-Text'), event.get('X-N'), event.body]) },
      })
      const uuid = await client.sendEvent('NOTIFY', { 'X-Text': 'ä 50%: \t"', 'X-N': 5 }, 'two\nlines\n')
      await clock.advance(100)
      expect(seen).toEqual([['ä 50%: \t"', '5', 'two\nlines\n']])
      expect(uuid).toMatch(/^[0-9a-f-]{36}$/)
    }))

  it('filter has the switch send only what it names, with that of the listener, and removes it', () =>
    onScriptedSwitch(async ({ client, commands }) => {
      await client.filter('variable_x', 'a b')
      await client.unfilter('variable_x', 'a b')
      await client.unfilter('variable_x')
      expect(commands.slice(-3)).toEqual([
        'filter variable_x a b',
        'filter delete variable_x a b',
        'filter delete variable_x',
      ])
    }))

  it('refuse what would be another header or command', () =>
    onScriptedSwitch(async ({ client, commands }) => {
      const sent = commands.length
      const ways = [
        () => client.sendEvent(bad('NOTIFY\nX: 1')),
        () => client.sendEvent(bad('NOTIFI')),
        () => client.sendEvent('NOTIFY', { 'X: 1\nY': 'z' }),
        () => client.sendEvent('NOTIFY', { 'X:': 'z' }),
        () => client.sendEvent('NOTIFY', { '': 'z' }),
        () => client.sendEvent('NOTIFY', { X: 'z\r\nY: 1' }),
        () => client.sendEvent('NOTIFY', { X: ' led' }),
        () => client.sendEvent('NOTIFY', { 'Content-Length': '5' }),
        () => client.sendEvent('NOTIFY', { X: Number.NaN }),
        () => client.sendEvent('NOTIFY', {}, 'a\0b'),
        () => client.filter('a b', 'c'),
        () => client.filter('delete', 'x'),
        () => client.filter('x', 'y\nexit'),
        () => client.filter('x', ''),
        () => client.unfilter('all', 'x'),
      ]
      for (const way of ways)
        expect(await outcomeOf(way()), String(way)).toMatchObject({ code: 'BAD_ARGUMENT' })
      expect(commands).toHaveLength(sent)
    }))
})
