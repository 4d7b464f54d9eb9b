import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { encodeApplicationArgument } from '../../../lib/esl/encode/application-argument.ts'
import { expandVariables } from '../../../fuzz/model/expand.ts'
import { encoded, fromBytes, nastyText, toBytes } from './texts.ts'

/** What the application gets, by the model of the switch: the header's value, then the expansion. */
const received = (sent: string, value = ''): string => {
  const header = toBytes(sent).replace(/^ +/, '')
  expect(header.startsWith('ARRAY::')).toBe(false)
  const { text } = expandVariables(header, () => value)
  expect(text).not.toMatch(/^%[^]?\[/)
  return fromBytes(text)
}

const refused = (arg: string, expand?: boolean) =>
  expect(() => encodeApplicationArgument('log', arg, expand)).toThrow(
    expect.objectContaining({ code: 'BAD_ARGUMENT' }),
  )

describe('the argument of an application', () => {
  it('arrives as exactly that argument, or is refused', () => {
    const property = fc.property(nastyText, (arg) => {
      const sent = encoded(() => encodeApplicationArgument('log', arg))
      if (sent !== undefined) expect(received(sent)).toBe(arg)
      else expect(arg).toMatch(/[\r\n\0]|\$\\*\{|^%.?\[|\p{Surrogate}/u)
    })
    fc.assert(property, { numRuns: 5000 })
  })

  it('arrives around ${…} where expansion is asked for', () => {
    const literal = nastyText.filter((text) => !/[${}]|[\r\n\0]|\p{Surrogate}|^%.?\[/u.test(text))
    const property = fc.property(literal, literal, literal, (first, second, third) => {
      const sent = encodeApplicationArgument('log', `${first}\${a}${second}$\${b{c}}${third}`, true)
      expect(received(sent, 'VALUE')).toBe(`${first}VALUE${second}VALUE${third}`)
    })
    fc.assert(property, { numRuns: 3000 })
  })

  it.each([
    ["it's", "it's"],
    ['a\\nb', 'a\\\\nb'],
    ["a\\'b$$", "a\\\\'b\\$\\$"],
    ['C:\\dir', 'C:\\dir'],
    [' x', "\\' x"],
    ['ARRAY::a|:b', "\\'ARRAY::a|:b"],
  ])('%j is sent as %j', (arg, sent) => {
    expect(encodeApplicationArgument('log', arg)).toBe(sent)
  })

  it('%[…] at the start is refused, with any one character before the bracket too, for it sets variables', () => {
    for (const arg of ['%[a=b]x', '%,[a=b]x', '%%[', '%[']) refused(arg)
    expect(encodeApplicationArgument('log', '100%[a]')).toBe('100%[a]')
    expect(encodeApplicationArgument('log', '%é[a]')).toBe('%é[a]')
  })

  it('${…}, CR, LF, NUL and half a surrogate pair are refused', () => {
    for (const arg of ['${x}', '$\\{x}', 'a\rb', 'a\nb', 'a\0b', 'a\ud800']) refused(arg)
    refused('%[${x}]', true)
  })
})
