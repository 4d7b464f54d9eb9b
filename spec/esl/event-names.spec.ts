import { describe, expect, it } from 'vitest'
import { EVENT_NAMES } from '../../lib/esl/event-names.ts'
import { customEvent, isEventName, requireEventName } from '../../lib/esl/subscribable.ts'
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

  it('a subclass passes, whatever it is called, and CUSTOM for those that have none', () => {
    for (const name of [
      'my_module::something',
      'pti',
      'update_aliasr',
      'spandsp::txfaxresult',
      'myApp',
      'CUSTOM',
    ])
      expect(isEventName(name), name).toBe(true)
  })

  it('a made-up or mistyped type, ALL, and what is more than one word do not', () => {
    const refused = ['ALL', 'CHANNEL_ANSWERED', 'channel_answer', 'dtmf', 'Channel_Hangupp', 'PTI', '']
    for (const name of [...refused, 'a b', 'a::b c', 'a::b\nexit', 'x'.repeat(201)]) {
      expect(isEventName(name), name).toBe(false)
      expect(() => requireEventName(name), name).toThrow(/expected the name of an event/)
    }
    expect(() => requireEventName('CHANNEL_ANSWERED')).toThrow(/did you mean CHANNEL_ANSWER\?/)
  })

  it('a subclass that looks like a type passes once it is declared', () => {
    expect(isEventName('ACME_STATE')).toBe(false)
    expect(customEvent('ACME_STATE')).toBe('ACME_STATE')
    expect(isEventName('ACME_STATE')).toBe(true)
    for (const name of ['a b', '', 'DTMF'])
      expect(() => customEvent(name), name).toThrow(/BAD_ARGUMENT|subclass/)
  })

  it('none is listed twice', () => {
    expect(new Set(EVENT_NAMES).size).toBe(EVENT_NAMES.length)
  })
})
