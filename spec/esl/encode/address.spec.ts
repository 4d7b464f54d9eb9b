import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requireAddress, requireHost, requireName, requireUser } from '../../../lib/esl/encode/address.ts'
import { HOSTILE } from './hostile-texts.ts'

describe('an address', () => {
  it.each([
    ...['1000', '+49301234', '*72', '#31#5551234', 'bob', 'b.o-b_1', 'a!b~c(d)e&f=g+h$i'.replace("'", '')],
    ...[
      'bob@example.com',
      'bob@10.0.0.1:5060',
      'bob@fs_1',
      'bob@host.',
      'bob@[2001:db8::1]:5060',
      'nobody@a',
    ],
  ])('%s is one, and stays as it is', (text) => {
    expect(requireAddress('a destination', text)).toBe(text)
  })

  it.each(HOSTILE)('%j is none', (text) => {
    expect(() => requireAddress('a destination', text)).toThrow(
      expect.objectContaining({ code: 'BAD_ARGUMENT' }),
    )
  })

  it('is never more than a user part and a host, whatever characters it is made of', () => {
    const char = fc.constantFrom(...`abc019@:;?/\\,|'"<>{}[]()%^$=&+-_.!~*# \n_`.split(/(?:)/))
    const property = fc.property(fc.string({ unit: char, maxLength: 16 }), (text) => {
      try {
        requireAddress('x', text)
      } catch {
        return
      }
      expect(text).toMatch(/^(?!-)[\w.!~*()&=+$#-]+(?:@(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d+)?)?$/)
      expect(text).not.toContain(':_:')
    })
    fc.assert(property, { numRuns: 20_000 })
  })

  it('is a text: what JSON can hold is refused', () => {
    for (const value of [null, undefined, 7, {}, [], { text: 'user/1' }])
      expect(() => requireAddress('x', value as never)).toThrow(/expected x as user/)
  })

  it('of a host has a port of 1 to 65535; a name of a profile has no slash', () => {
    expect(requireHost('a proxy', '10.0.0.1:65535')).toBe('10.0.0.1:65535')
    for (const host of ['_', '_:5060', 'a:0', 'a:70000', 'a;transport=tcp', 'a/b', 'a@b', ''])
      expect(() => requireHost('a proxy', host)).toThrow(/host:port/)
    for (const name of ['a/b', 'gateway/x', '', 'a b', 'a,b', 'a:_:b'])
      expect(() => requireName('a profile', name)).toThrow(/a profile/)
    expect(() => requireUser('a user', 'a@b')).toThrow(/a user/)
  })
})
