import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { dialString } from '../../lib/esl/dial-string.ts'
import { encodeOriginate, type OriginateSpec } from '../../lib/esl/originate.ts'
import { originated, type Originated } from './originate-model.ts'

const DEST = '1000@10.0.0.1:5060'

const arrived = (spec: Partial<OriginateSpec>): Originated => {
  const result = originated(encodeOriginate({ dest: DEST, ...spec }))
  if (typeof result === 'string') throw new Error(`the switch says: ${result}`)
  return result
}

const refused = (spec: Partial<OriginateSpec>) => expect(() => encodeOriginate({ dest: DEST, ...spec }))

/** What is special to one of the parsers, mostly; anything that can be printed, sometimes. */
const char = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...`\\'",= nrst:_^$[]<>|&()#%;ab`.split(/(?:)/)) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
)
const flat = fc.string({ unit: char, maxLength: 12 }).map((text) => text.replace(/[{}]/g, ''))
const balanced = fc.array(
  fc.oneof(
    flat,
    flat.map((text) => `{${text}}`),
    fc.tuple(flat, flat, flat).map(([a, b, c]) => `{${a}{${b}}${c}}`),
  ),
  { minLength: 1, maxLength: 3 },
)
const value = balanced.map((pieces) => pieces.join('')).filter((text) => text !== '' && !/\$\\*\{/.test(text))

describe('the variables of an originate', () => {
  it('any printable value with balanced braces arrives unchanged', () => {
    const unchanged = fc.property(value, value, (first, second) => {
      expect(arrived({ vars: { first, second } }).vars).toMatchObject({ first, second })
    })
    fc.assert(unchanged, { numRuns: 3000 })
  })

  it.each([
    'O\'Brien, "Pat"',
    ' blanks at both ends ',
    '  ',
    'C:\\new\\',
    "\\' , \\'",
    'a=b,c=d',
    '{a{b,c}}',
    '^^:a:b',
    ':_:',
    'x:_:_:y',
    "it's ''quoted''",
    '[leg=1]<x>|y',
    'é€😀',
  ])('%j arrives', (nasty) => {
    expect(arrived({ vars: { nasty } }).vars).toMatchObject({ nasty })
  })

  it('an empty value leaves the variable unset', () => {
    expect(arrived({ vars: { empty: '', next: 'x' } }).vars).not.toHaveProperty('empty')
  })

  it('braces that do not match are refused, for the switch counts them', () => {
    for (const text of ['{', '}', '}{', 'a{b}}']) refused({ vars: { text } }).toThrow(/balanced \{\}/)
  })

  it('${…} is refused, with backslashes between too, unless expansion is asked for', () => {
    for (const text of ['${x}', 'a ${api(reload)}', '$\\{x}', '$${x}']) {
      refused({ vars: { text } }).toThrow(/expand: true/)
      refused({ callerIdName: text }).toThrow(/expand: true/)
      refused({ executeArg: text.replace(/[()]/g, '') }).toThrow(/expand: true/)
    }
  })

  it('with expansion asked for, ${…} arrives as it is: the switch would drop it otherwise', () => {
    expect(arrived({ vars: { text: 'a ${uuid}' }, expand: true }).vars).toMatchObject({ text: 'a ${uuid}' })
    expect(arrived({ executeArg: '${uuid}', expand: true }).arg).toBe('${uuid}')
  })

  it('a name that is more than a name is refused', () => {
    for (const name of ['a=b', 'a,b', 'a b', '', 'a}', 'a[0]', 'a:_:b', 'a\nb'])
      refused({ vars: { [name]: 'x' } }).toThrow()
  })

  it('CR, LF and NUL are refused wherever they stand', () => {
    for (const bad of ['a\nb', '\r', 'x\0']) {
      const places: Partial<OriginateSpec>[] = [
        ...[{ vars: { bad } }, { callerIdName: bad }, { callerIdNumber: bad }, { dest: bad }],
        ...[{ profile: bad }, { gateway: bad }, { proxy: bad }, { execute: bad }, { executeArg: bad }],
      ]
      for (const spec of places) refused(spec).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }))
    }
  })
})

describe('the call of an originate', () => {
  it('parks at sofia/external, with no early media, for a minute at most', () => {
    expect(encodeOriginate({ dest: DEST })).toBe(
      `originate {ignore_early_media=true,originate_timeout=60}sofia/external/${DEST} &park()`,
    )
  })

  it('goes by a profile, a gateway or a whole dial string, and by a first hop', () => {
    expect(arrived({ profile: 'internal' }).dial).toBe(`sofia/internal/${DEST}`)
    expect(arrived({ gateway: 'trunk', dest: '1000' }).dial).toBe('sofia/gateway/trunk/1000')
    expect(arrived({ dest: dialString('user/1000') }).dial).toBe('user/1000')
    expect(arrived({ proxy: '10.0.0.9:5060' }).dial).toBe(`sofia/external/${DEST};fs_path=sip:10.0.0.9:5060`)
  })

  it('a destination that is more than one is refused', () => {
    for (const dest of ['', 'a b', 'user/a,user/b', 'user/a|user/b', 'user/a:_:user/b', '{x=1}user/a', "a'b"])
      refused({ dest }).toThrow()
    refused({ proxy: '_:5060' }).toThrow(/expected a proxy as host or host:port/)
  })

  it('the argument of the application arrives unchanged', () => {
    const arg = flat.map((text) => text.replaceAll(')', '')).filter((text) => !/^%.?\[/.test(text))
    const unchanged = fc.property(arg, (executeArg) => {
      expect(arrived({ execute: 'playback', executeArg })).toMatchObject({ app: 'playback', arg: executeArg })
    })
    fc.assert(unchanged, { numRuns: 1000 })
    expect(arrived({ execute: 'socket', executeArg: 'h:8084 async full' }).arg).toBe('h:8084 async full')
  })

  it('an argument with ")" is refused, for it would end there', () => {
    refused({ execute: 'playback', executeArg: 'tone_stream://%(1,1,1)' }).toThrow(/ends at the first/)
  })

  it('the time to ring is rounded up to seconds, and must be some time', () => {
    expect(arrived({ timeout: 1001 }).vars).toMatchObject({ originate_timeout: '2' })
    for (const timeout of [0, -1, Number.NaN, Infinity]) refused({ timeout }).toThrow(/timeout/)
  })
})

describe('the model that these specs judge by', () => {
  it('loses what follows a blank that nobody quoted, as the recordings i8 and ib1 show', () => {
    expect(originated('originate sofia/external/x@h &socket(h:1 async full)')).toMatchObject({ arg: 'h:1' })
    const quoted = "originate sofia/external/x@h '&socket(h:1 async full)'"
    expect(originated(quoted)).toMatchObject({ app: 'socket', arg: 'h:1 async full' })
  })

  it('parts values at commas and eats quotes, where they are not escaped', () => {
    expect(originated("originate {a=1,2,b='\\'x, y\\'',c=\\'}user/1 &park()")).toMatchObject({
      vars: { a: '1', b: 'x, y', c: "'" },
    })
  })
})
