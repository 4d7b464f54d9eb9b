import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EslEvent } from '../../lib/esl/event.ts'
import { makeUp, plainEvent } from '../../lib/esl/made-up.ts'
import { lastEvent, LOST, missedEvents } from '../../lib/listener/missed.ts'
import type { Node } from '../../lib/model/node.ts'
import { createSessionState, noteEvent, type SessionState } from '../../lib/model/state.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'

const recording = (folder: string): string =>
  readFileSync(new URL(`../fixtures/captures/${folder}/conn-1.s2c.raw`, import.meta.url), 'latin1')

/** The first `uuid_dump` in a recording of a real switch. */
const dumpIn = (folder: string): EslEvent => {
  const text = recording(folder)
  const at = text.indexOf('Event-Name: CHANNEL_DATA')
  return plainEvent(text.slice(at, text.indexOf('\n\n', at) + 2))
}

/** A bridged leg that was parked and answered before. */
const bridged = dumpIn('b1_bridge_app_from_park')

const stateAfter = (...events: EslEvent[]): SessionState => {
  const node = { clock: virtualClock() } as unknown as Node
  const [first] = events as [EslEvent]
  const state = createSessionState(node, 'A', first)
  for (const event of events) noteEvent(state, event)
  return state
}

const like = (name: string, headers: Record<string, string> = {}): EslEvent => makeUp(bridged, name, headers)
const namesOf = (events: readonly EslEvent[]): string[] => events.map(({ name }) => name)

describe('what a dump of a real switch says that a session has missed', () => {
  it('is everything, for a channel that was not known, in the order of a call', () => {
    const missed = missedEvents(undefined, bridged)
    expect(namesOf(missed)).toEqual([
      'CHANNEL_CREATE',
      'CHANNEL_PROGRESS',
      'CHANNEL_ANSWER',
      'CHANNEL_BRIDGE',
    ])
    const [create, , answer, bridge] = missed as [EslEvent, EslEvent, EslEvent, EslEvent]
    expect(create.time).toBe(Number(bridged.get('Caller-Channel-Created-Time')) / 1000)
    expect(answer.time).toBe(Number(bridged.get('Caller-Channel-Answered-Time')) / 1000)
    expect(bridge.get('Bridge-A-Unique-ID')).toBe(bridged.uuid)
    expect(bridge.get('Bridge-B-Unique-ID')).toBe(bridged.get('variable_bridge_to'))
    for (const event of missed) {
      expect(event.get('Switchix-Made-Up')).toBe('true')
      expect(event.get('variable_sip_req_uri')).toBe(bridged.get('variable_sip_req_uri'))
      expect(event.getAll('Event-Name')).toEqual([event.name])
    }
  })

  it('is nothing, where all of it has come', () => {
    const other = bridged.get('variable_bridge_to') ?? ''
    const state = stateAfter(
      like('CHANNEL_CREATE'),
      like('CHANNEL_PROGRESS'),
      like('CHANNEL_PARK'),
      like('CHANNEL_ANSWER'),
      like('CHANNEL_BRIDGE', { 'Bridge-B-Unique-ID': other }),
    )
    expect(missedEvents(state, bridged)).toEqual([])
  })

  it('is the end of the bridge before, where it is bridged to another leg now', () => {
    const state = stateAfter(
      like('CHANNEL_CREATE'),
      like('CHANNEL_PROGRESS'),
      like('CHANNEL_ANSWER'),
      like('CHANNEL_BRIDGE', { 'Bridge-B-Unique-ID': 'B' }),
    )
    const missed = missedEvents(state, bridged)
    expect(namesOf(missed)).toEqual(['CHANNEL_UNBRIDGE', 'CHANNEL_BRIDGE'])
    expect(missed[0]?.get('Bridge-B-Unique-ID')).toBe('B')
  })

  it('is the park of a channel that is parked, and was not', () => {
    const parked = like('CHANNEL_DATA', { variable_current_application: 'park', variable_bridge_to: '' })
    const created = stateAfter(like('CHANNEL_CREATE'), like('CHANNEL_PROGRESS'), like('CHANNEL_ANSWER'))
    expect(namesOf(missedEvents(created, parked))).toEqual(['CHANNEL_PARK'])
    const before = stateAfter(
      like('CHANNEL_CREATE'),
      like('CHANNEL_PROGRESS'),
      like('CHANNEL_ANSWER'),
      like('CHANNEL_PARK'),
    )
    expect(missedEvents(before, parked)).toEqual([])
  })

  it('is the hangup of a channel that is on its way out, with its cause', () => {
    const leaving = like('CHANNEL_DATA', {
      'Channel-State': 'CS_HANGUP',
      variable_hangup_cause: 'USER_BUSY',
      variable_bridge_to: '',
    })
    const state = stateAfter(like('CHANNEL_CREATE'), like('CHANNEL_PROGRESS'), like('CHANNEL_ANSWER'))
    const [hangup] = missedEvents(state, leaving)
    expect([hangup?.name, hangup?.get('Hangup-Cause')]).toEqual(['CHANNEL_HANGUP', 'USER_BUSY'])
  })
})

describe('the last events of a channel that is gone', () => {
  it('have a cause that says that nobody knows, and the time and the data of the latest event', () => {
    const state = stateAfter(like('CHANNEL_CREATE'), like('CHANNEL_PROGRESS'), like('CHANNEL_ANSWER'))
    const event = lastEvent(state, 'CHANNEL_HANGUP')
    expect([event?.get('Hangup-Cause'), event?.time, event?.uuid]).toEqual([LOST, bridged.time, bridged.uuid])
  })

  it('keep the cause where it is known, and are not made up where they have come', () => {
    const state = stateAfter(
      like('CHANNEL_CREATE'),
      like('CHANNEL_PROGRESS'),
      like('CHANNEL_HANGUP', { 'Hangup-Cause': 'USER_BUSY' }),
    )
    expect(lastEvent(state, 'CHANNEL_HANGUP')).toBeUndefined()
    expect(lastEvent(state, 'CHANNEL_DESTROY')?.get('Hangup-Cause')).toBe('USER_BUSY')
  })
})
