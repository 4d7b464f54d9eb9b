import { describe, expect, it } from 'vitest'
import { EVENT_NAMES, isEventName } from '../../lib/esl/event-names.ts'
import { decode, eventsOf, FIXTURES, recordingsIn } from './support.ts'

describe('names of events', () => {
  it('every event in the recordings has a name that is known', () => {
    const names = new Set(
      recordingsIn(FIXTURES).flatMap(({ bytes }) =>
        eventsOf(decode([bytes])).map(({ name }) => name as string),
      ),
    )
    // Sent once, by hand, without its subclass.
    names.delete('CUSTOM')
    expect(names.size).toBeGreaterThan(40)
    expect([...names].filter((name) => !isEventName(name))).toEqual([])
  })

  it('a subclass passes, a made-up type, CUSTOM and ALL do not', () => {
    expect(isEventName('my_module::something')).toBe(true)
    for (const name of ['CUSTOM', 'ALL', 'CHANNEL_ANSWERED', 'channel_answer', '', 'toString'])
      expect(isEventName(name), name).toBe(false)
  })

  it('none is listed twice', () => {
    expect(new Set(EVENT_NAMES).size).toBe(EVENT_NAMES.length)
  })
})
