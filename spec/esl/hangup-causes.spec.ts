import { describe, expect, it } from 'vitest'
import { HANGUP_CAUSES, isHangupCause } from '../../lib/esl/hangup-causes.ts'
import { decode, eventsOf, FIXTURES, recordingsIn } from './support.ts'

describe('hangup causes', () => {
  it('every cause in the recordings is known, with the number that the switch gives it', () => {
    const events = recordingsIn(FIXTURES).flatMap(({ bytes }) => eventsOf(decode([bytes])))
    const causes = new Set(events.flatMap((event) => event.getAll('Hangup-Cause')))
    expect(causes.size).toBeGreaterThan(4)
    expect([...causes].filter((cause) => !isHangupCause(cause))).toEqual([])
    for (const event of events) {
      const cause = event.get('variable_hangup_cause') ?? ''
      const number = event.get('variable_hangup_cause_q850')
      if (number !== undefined && isHangupCause(cause) && HANGUP_CAUSES[cause] < 128)
        expect(Number(number), cause).toBe(HANGUP_CAUSES[cause])
    }
  })

  it('no two causes have one number, and names of things of objects are no causes', () => {
    const numbers = Object.values(HANGUP_CAUSES)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(isHangupCause('constructor')).toBe(false)
  })
})
