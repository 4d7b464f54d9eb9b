import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { createEvent } from '../../lib/esl/event.ts'
import { bytesOf } from '../../lib/esl/percent.ts'

const json = (text: string) => createEvent(bytesOf(text), 'json')

describe('an event in json format', () => {
  it('values are not encoded, and the body is _body, which is no header', () => {
    const event = json('{"Event-Name":"MESSAGE","X-Val":"100% a%20b","Content-Length":"2","_body":"é\\n"}')
    expect(event.name).toBe('MESSAGE')
    expect(event.get('X-Val')).toBe('100% a%20b')
    expect(event.body).toBe('é\n')
    expect(event.has('_body')).toBe(false)
    expect([...event].map(([name]) => name)).toEqual(['Event-Name', 'X-Val', 'Content-Length'])
  })

  it('repeated names are kept: get gives the first, getAll gives all', () => {
    const event = json('{"X-Val":"one","X-Val":"two"}')
    expect(event.get('X-Val')).toBe('one')
    expect(event.getAll('X-Val')).toEqual(['one', 'two'])
  })

  it('an array comes as the switch holds it, and getAll takes it apart', () => {
    const event = json('{"A":["one","t,]wo"],"B":[],"C":"x"}')
    expect(event.get('A')).toBe('ARRAY::one|:t,]wo')
    expect(event.getAll('A')).toEqual(['one', 't,]wo'])
    expect(event.get('C')).toBe('x')
  })

  it('values that look like json do not end the value', () => {
    const tricky = '","Event-Name":"FAKE","a":{"b":["c\\'
    const event = json(JSON.stringify({ 'X-Val': tricky, 'Event-Name': 'REAL', '{': ':' }))
    expect(event.name).toBe('REAL')
    expect(event.get('X-Val')).toBe(tricky)
    expect(event.get('{')).toBe(':')
  })

  it('bytes that are not UTF-8, and raw control characters, cost no more than themselves', () => {
    const event = createEvent('{"A":"caf\xe9","B":"tab\tnew\nline","C":"x"}', 'json')
    expect(event.get('A')).toBe('caf\ufffd')
    expect(event.get('B')).toBe('tab\tnew\nline')
    expect(event.get('C')).toBe('x')
  })

  it('what is cut short, or no json at all, gives what can be read and never throws', () => {
    expect(json('{"Event-Name":"X","A":"1","B":["x"').get('A')).toBe('1')
    expect(json('').name).toBe('')
    const any = fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'a', '\n') })
    const calm = fc.property(any, (text) => {
      expect([...json(text)]).toBeInstanceOf(Array)
    })
    fc.assert(calm)
  })

  it('a body of megabytes is read', () => {
    const body = 'line "quoted" \\ \n'.repeat(400_000)
    expect(json(JSON.stringify({ 'Event-Name': 'BACKGROUND_JOB', _body: body })).body === body).toBe(true)
  })

  it('any headers are read as they were written', () => {
    const names = fc.string({ unit: 'binary', minLength: 1 }).filter((name) => name !== '_body')
    const values = fc.string({ unit: 'binary' }).filter((value) => !value.startsWith('ARRAY::'))
    const read = fc.property(fc.array(fc.tuple(names, values)), (headers) => {
      const members = headers.map(([name, value]) => `${JSON.stringify(name)}:\t${JSON.stringify(value)}`)
      expect([...json(`{${members.join(',\n')}}`)]).toEqual(headers)
    })
    fc.assert(read, { numRuns: 500 })
  })
})
