import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { createEvent } from '../../lib/esl/event.ts'
import { bytesOf, percentEncode } from '../../lib/esl/percent.ts'

const xml = (headers: string, rest = '') =>
  createEvent(bytesOf(`<event>\n  <headers>\n${headers}\n  </headers>\n${rest}</event>\n`), 'xml')

const element = (name: string, value: string) => `    <${name}>${value}</${name}>`

const withBody = (escaped: string, length: number) =>
  xml(element('Event-Name', 'X'), `  <Content-Length>${length}</Content-Length>\n  <body>${escaped}</body>\n`)

describe('an event in xml format', () => {
  it('values are percent-encoded, then escaped', () => {
    const event = xml(element('Event-Name', 'X') + element('X-Val', "%3Cx%3E%20%26amp%3B%20's'"))
    expect(event.name).toBe('X')
    expect(event.get('X-Val')).toBe("<x> &amp; 's'")
  })

  it('repeated headers are kept', () => {
    const event = xml(element('X-Val', 'one') + element('X-Val', 'two'))
    expect(event.get('X-Val')).toBe('one')
    expect(event.getAll('X-Val')).toEqual(['one', 'two'])
  })

  it('names of headers may be any text', () => {
    const event = xml(element('X Val-é', 'v') + element('sip/x', 'w'))
    expect(event.get('X Val-é')).toBe('v')
    expect(event.get('sip/x')).toBe('w')
  })

  it('the length of the body is its last header, as in the other formats', () => {
    expect([...withBody('ab', 2)]).toEqual([
      ['Event-Name', 'X'],
      ['Content-Length', '2'],
    ])
  })

  it('the indentation of the closing tag is not part of the body', () => {
    expect(withBody('+OK\n  ', 4).body).toBe('+OK\n')
  })

  it('characters in a body come as references, and count as their bytes', () => {
    expect(withBody('&#xE9;&#x2713;&#x1F600;\n  ', 10).body).toBe('é✓😀\n')
    expect(withBody('&lt;a&gt; &amp;amp; &quot;&#65;&apos;', 15).body).toBe('<a> &amp; "A\'')
    expect(withBody('&nosuch; &#xFFFFFFF;', 20).body).toBe('&nosuch; &#xFFFFFFF;')
  })

  it('a body that looks like headers does not answer for them', () => {
    const event = withBody('&lt;/headers&gt;<X-Val>fake</X-Val>', 29)
    expect(event.get('X-Val')).toBeUndefined()
  })

  it('an event without a body has none', () => {
    expect(xml(element('Event-Name', 'X')).body).toBeUndefined()
  })

  it('what is no xml never throws', () => {
    const any = fc.string({
      unit: fc.constantFrom('<', '>', '/', '&', '#x', ';', 'a', 'headers', 'body', '\n'),
    })
    const calm = fc.property(any, (text) => {
      const event = createEvent(text, 'xml')
      expect([event.name, event.body, ...event]).toBeInstanceOf(Array)
    })
    fc.assert(calm)
  })

  it('any headers are read as they were written', () => {
    const name = fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/)
    const value = fc.string({ unit: 'binary' }).filter((text) => !/%[0-9A-F]{2}/.test(text))
    const read = fc.property(fc.array(fc.tuple(name, value)), (headers) => {
      const event = xml(headers.map(([name, value]) => element(name, percentEncode(value))).join('\n'))
      expect([...event]).toEqual(headers)
    })
    fc.assert(read, { numRuns: 500 })
  })
})
