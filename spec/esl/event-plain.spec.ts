import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { createEvent } from '../../lib/esl/event.ts'
import { bytesOf, percentEncode } from '../../lib/esl/percent.ts'
import { decode, eventsOf, recording } from './support.ts'

const plain = (text: string) => createEvent(bytesOf(text), 'plain')

describe('an event in plain format', () => {
  it('headers that look like headers in a body never answer for headers', () => {
    const body = 'X-Val: fake\nEvent-Name: FAKE\n\nX-More: fake'
    const event = plain(`Event-Name: MESSAGE\nfrom: a\nContent-Length: ${body.length}\n\n${body}`)
    expect(event.get('X-Val')).toBeUndefined()
    expect(event.has('X-More')).toBe(false)
    expect([...event].map(([name]) => name)).toEqual(['Event-Name', 'from', 'Content-Length'])
    expect(event.body).toBe(body)
  })

  it('an encoded newline does not forge a header', () => {
    const event = plain('Event-Name: CUSTOM\nX-Val: a%0AX-Forged: yes%0D%0A%0A\nX-Last: z\n\n')
    expect(event.get('X-Forged')).toBeUndefined()
    expect(event.get('X-Val')).toBe('a\nX-Forged: yes\r\n\n')
    expect([...event]).toHaveLength(3)
  })

  it('a header is found by its whole name only', () => {
    const event = plain('Event-Name: DTMF\nvariable_X-Val: 1\nX-Val-2: 2\nX-Val: 3\n\n')
    expect(event.get('X-Val')).toBe('3')
    expect(event.get('X')).toBeUndefined()
    expect(event.get('Event-Name')).toBe('DTMF')
    expect(event.get('x-val')).toBeUndefined()
  })

  it('names of headers are not encoded, and may be any text', () => {
    const event = plain('Event-Name: CUSTOM\nX Val-é: caf%C3%A9\n\n')
    expect(event.get('X Val-é')).toBe('café')
    expect([...event][1]).toEqual(['X Val-é', 'café'])
  })

  it('repeated headers: get gives the first, getAll gives all', () => {
    const event = plain('Event-Name: CUSTOM\nX-Val: one\nX-Val: two\n\n')
    expect(event.get('X-Val')).toBe('one')
    expect(event.getAll('X-Val')).toEqual(['one', 'two'])
  })

  it('an event without a body has none, nor has one with a body of no bytes', () => {
    expect(plain('Event-Name: HEARTBEAT\nX: 1\n\n').body).toBeUndefined()
    expect(plain('Event-Name: HEARTBEAT\nX: 1').body).toBeUndefined()
    expect(plain('Event-Name: HEARTBEAT\nX: 1').get('X')).toBe('1')
  })

  it('the body is not encoded, keeps its newlines, and is UTF-8', () => {
    const event = plain('Event-Name: BACKGROUND_JOB\nContent-Length: 10\n\n%41 é✓\n\n')
    expect(event.body).toBe('%41 é✓\n\n')
  })

  it('any headers are read as they were written', () => {
    const name = fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/)
    const value = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/%[0-9A-F]{2}/.test(text))
    const headers = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 8 })
    const read = fc.property(headers, fc.string({ unit: 'binary', minLength: 1 }), (headers, body) => {
      const lines = headers.map(([name, value]) => `${name}: ${percentEncode(value)}\n`).join('')
      const event = plain(`Event-Name: X\n${lines}Content-Length: ${Buffer.byteLength(body)}\n\n${body}`)
      expect([...event].slice(1, -1)).toEqual(headers)
      for (const [name] of headers)
        expect(event.get(name)).toBe(headers.find(([other]) => other === name)?.[1])
      expect(event.body).toBe(body)
    })
    fc.assert(read, { numRuns: 500 })
  })

  it('asking for one header or for all gives the same, on every recorded event', () => {
    for (const event of eventsOf(decode([recording('a2').bytes]))) {
      const seen = new Set<string>()
      for (const [name, value] of event) {
        if (!seen.has(name)) expect(event.get(name)).toBe(value)
        seen.add(name)
      }
    }
  })
})
