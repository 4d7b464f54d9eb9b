import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { bytesOf, percentDecode, percentEncode, utf8 } from '../../lib/esl/percent.ts'
import { decode, FIXTURES, recordingsIn } from './support.ts'

const text = fc.string({ unit: 'binary', maxLength: 40 })

describe('the encoding of header values', () => {
  it('decoding gives back what was encoded', () => {
    // But for a value that holds `%XX` itself: the switch does not encode that again, so neither do we.
    const plain = text.filter((value) => !/%[0-9A-F]{2}/.test(value))
    const back = fc.property(plain, (value) => {
      expect(percentDecode(percentEncode(value))).toBe(value)
    })
    fc.assert(back, { numRuns: 2000 })
  })

  it('what is encoded has neither line breaks nor bytes beyond ASCII', () => {
    const safe = fc.property(text, (value) => {
      expect(percentEncode(value)).toMatch(/^[\x21-\x7e]*$/)
    })
    fc.assert(safe, { numRuns: 1000 })
  })

  it.each([
    ['café ✓ 😀', 'caf%C3%A9%20%E2%9C%93%20%F0%9F%98%80'],
    ['100% a%20b %zz %', '100%25%20a%20b%20%25zz%20%25'],
    ['a+b=c&d?e#f', 'a%2Bb%3Dc%26d%3Fe%23f'],
    [`"q" 's' <x> & \\ /`, "%22q%22%20's'%20%3Cx%3E%20%26%20%5C%20/"],
    ['a\tb\x01c\x7f', 'a%09b%01c%7F'],
    ['${nosuch} $1', '$%7Bnosuch%7D%20$1'],
    ['Sun, 22 (x) *!~-_.', 'Sun,%2022%20(x)%20*!~-_.'],
  ])('%j goes out as the switch was seen to send it', (value, sent) => {
    expect(percentEncode(value)).toBe(sent)
  })

  it('every header value that the switch sent, decoded and encoded again, is what it sent', () => {
    let values = 0
    const odd = new Set<string>()
    for (const { bytes } of recordingsIn(FIXTURES))
      for (const { format, text } of decode([bytes])) {
        if (format !== 'plain') continue
        for (const line of text.slice(0, text.search(/\n\n/)).split('\n')) {
          const sent = line.slice(line.indexOf(': ') + 2)
          values++
          if (percentEncode(percentDecode(sent)) !== sent) odd.add(sent)
        }
      }
    expect(values).toBeGreaterThan(20_000)
    // Latin1 bytes are no text: they decode to U+FFFD, and that is another character.
    expect([...odd]).toEqual(['caf%E9%20%FF%FE'])
  })

  it('a % that no two hex digits follow stands for itself, and nothing throws', () => {
    expect(percentDecode('%zz %4 %')).toBe('%zz %4 %')
    expect(percentDecode('%25zz%%41%a')).toBe('%zz%A%a')
    const any = fc.string({ unit: fc.constantFrom('%', '0', 'a', 'F', 'g', 'é') })
    const calm = fc.property(any, (value) => {
      expect(percentDecode(value).length).toBeLessThanOrEqual(value.length)
    })
    fc.assert(calm)
  })

  it('+ is a plus, not a blank', () => {
    expect(percentDecode('a+b%2Bc')).toBe('a+b+c')
  })

  it('bytes that are not UTF-8 become U+FFFD', () => {
    expect(percentDecode('caf%E9%20%FF')).toBe('caf\ufffd \ufffd')
    expect(utf8('caf\xe9')).toBe('caf\ufffd')
  })

  it('bytes of a text and text of the bytes are inverse', () => {
    const back = fc.property(text, (value) => {
      expect(utf8(bytesOf(value))).toBe(value)
    })
    fc.assert(back)
  })
})
