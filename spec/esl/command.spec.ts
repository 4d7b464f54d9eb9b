import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  encodeApi,
  encodeAuth,
  encodeBgapi,
  encodeEvent,
  encodeExit,
  encodeLine,
  encodeNixevent,
  encodeSendmsg,
  encodeUserAuth,
} from '../../lib/esl/command.ts'
import { encoded } from './encode/texts.ts'
import { requireNoExpansion } from '../../lib/esl/encode/expansion.ts'
import { requireOneLine } from '../../lib/esl/encode/one-line.ts'

/** Every place of every command that takes a text from outside. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  'auth password': encodeAuth,
  'userauth user': (text) => encodeUserAuth(`${text}@x`, 'x'),
  'userauth password': (text) => encodeUserAuth('a@x', text),
  api: (text) => encodeApi(`status ${text}x`),
  bgapi: (text) => encodeBgapi(`status ${text}x`, 'job'),
  'bgapi Job-UUID': (text) => encodeBgapi('status', text),
  event: (text) => encodeEvent('plain', [text]),
  'event subclass': (text) => encodeEvent('json', [`a::${text}`]),
  nixevent: (text) => encodeNixevent([text]),
  'sendmsg uuid': (text) => encodeSendmsg(text, []),
  'sendmsg header': (text) => encodeSendmsg('uuid', [[text, 'x']]),
  'sendmsg value': (text) => encodeSendmsg('uuid', [['x', text]]),
  line: (text) => encodeLine(`log ${text}x`),
}

const refused = { code: 'BAD_ARGUMENT' }

describe('commands', () => {
  it.each(Object.entries(PLACES))('CR, LF and NUL never get into %s', (_, encode) => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('\r', '\n', '\0', ' ', ':'), fc.string()) })
    const broken = text.filter((text) => /[\r\n\0]/.test(text))
    fc.assert(
      fc.property(broken, (text) => {
        expect(() => encode(text)).toThrow(expect.objectContaining(refused))
      }),
    )
  })

  it.each(Object.entries(PLACES))('%s without them makes one command, or is refused', (_, encode) => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })
    const one = fc.property(
      text.filter((text) => !/[\r\n\0]/.test(text) && text.trim() !== ''),
      (text) => {
        const sent = encoded(() => encode(text))
        if (sent === undefined) return
        expect(sent.indexOf('\n\n')).toBe(sent.length - 2)
        expect(sent).toContain(text)
      },
    )
    fc.assert(one)
  })

  it('are what the switch was seen to take', () => {
    expect(encodeAuth('ClueCon')).toBe('auth ClueCon\n\n')
    expect(encodeUserAuth('1000@default', 'x')).toBe('userauth 1000@default:x\n\n')
    expect(encodeApi('status')).toBe('api status\n\n')
    expect(encodeBgapi('originate user/1 &park()', 'j1')).toBe(
      'bgapi originate user/1 &park()\nJob-UUID: j1\n\n',
    )
    expect(encodeLine('log 7')).toBe('log 7\n\n')
    expect(encodeExit()).toBe('exit\n\n')
  })

  it('a sendmsg holds its headers in their order', () => {
    const headers = [
      ['call-command', 'execute'],
      ['execute-app-name', 'answer'],
      ['event-lock', 'true'],
    ] as const
    const lines = 'call-command: execute\nexecute-app-name: answer\nevent-lock: true\n'
    expect(encodeSendmsg('abc', headers)).toBe(`sendmsg abc\n${lines}\n`)
  })

  it('subclasses stand behind CUSTOM, after all that are none', () => {
    expect(encodeEvent('plain', ['a::b', 'DTMF', 'c::d', 'CHANNEL_PARK'])).toBe(
      'event plain DTMF CHANNEL_PARK CUSTOM a::b c::d\n\n',
    )
    expect(encodeNixevent(['a::b'])).toBe('nixevent CUSTOM a::b\n\n')
    expect(encodeEvent('xml', ['ALL'])).toBe('event xml ALL\n\n')
  })

  it('api ... is refused, for it shuts the switch down', () => {
    for (const text of ['...', ' ... ', '....', '... now'])
      for (const encode of [encodeApi, (text: string) => encodeBgapi(text, 'job')])
        expect(() => encode(text)).toThrow(expect.objectContaining(refused))
    for (const text of ['api ...', 'bgapi ...', ' API   ... ', 'BgApi\t...'])
      expect(() => encodeLine(text)).toThrow(expect.objectContaining(refused))
  })

  it('a blank command is refused, for it would never be answered', () => {
    for (const encode of [encodeApi, encodeLine])
      for (const text of ['', '  ', '\t']) expect(() => encode(text)).toThrow(/expected/)
  })

  it('a command of 10,485,760 bytes and more is refused, for the switch cuts it there and runs the rest', () => {
    const head = 'api status '.length + 2
    expect(encodeApi(`status ${'x'.repeat(10_485_759 - head)}`)).toHaveLength(10_485_759)
    for (const text of ['x'.repeat(10_485_760 - head), 'é'.repeat(5_242_880)])
      for (const encode of [encodeApi, (api: string) => encodeBgapi(api, 'j')])
        expect(() => encode(`status ${text}`)).toThrow(/10485760 bytes/)
  })

  it('a text that the switch would take for an order to unload its event socket is refused; the order itself is not', () => {
    const text = 'please Reload the Mod_Event_Socket'
    expect(() => encodeApi(`log ${text}`)).toThrow(/mod_event_socket/)
    expect(() => encodeSendmsg('a', [['execute-app-arg', text]])).toThrow(/mod_event_socket/)
    expect(() =>
      encodeSendmsg('a', [
        ['execute-app-name', 'unload'],
        ['x', 'mod_event_socket'],
      ]),
    ).toThrow(/mod_event_socket/)
    expect(encodeApi('reload mod_event_socket')).toBe('api reload mod_event_socket\n\n')
    expect(encodeApi('module_exists mod_event_socket')).toBe('api module_exists mod_event_socket\n\n')
    expect(encodeBgapi('unload mod_event_socket', 'j')).toContain('unload')
  })

  it('white space that the switch takes off is taken off; other at the end of an api is refused', () => {
    expect(encodeApi(' \tstatus\t ')).toBe('api status\n\n')
    for (const api of ['status\u00a0', 'status\ufeff', 'status\f', '\u2028status'])
      expect(() => encodeApi(api)).toThrow(/white space/)
  })

  it('a header that would arrive as another, or not at all, is refused', () => {
    for (const value of ['', ' x', 'ARRAY::a|:b', 'ARRAY::'])
      expect(() => encodeSendmsg('a', [['name', value]])).toThrow(expect.objectContaining(refused))
    for (const name of ['', 'a b', 'a:b', 'a[0]', 'é'])
      expect(() => encodeSendmsg('a', [[name, 'x']])).toThrow(expect.objectContaining(refused))
  })

  it('a uuid that is more than a word is refused', () => {
    for (const uuid of ['', 'a all', 'a\tb', "'a'", 'a\\', '^^:a', 'a,b'])
      expect(() => encodeSendmsg(uuid, [])).toThrow(expect.objectContaining(refused))
    expect(encodeSendmsg('my.call-1@host', [])).toBe('sendmsg my.call-1@host\n\n')
  })

  it('a name of an event that is two, or none, is refused', () => {
    for (const name of ['', 'A B', 'a::b c', '\t']) {
      expect(() => encodeEvent('plain', [name])).toThrow(expect.objectContaining(refused))
      expect(() => encodeNixevent([name])).toThrow(expect.objectContaining(refused))
    }
  })

  it('a user that would shift the password is refused', () => {
    for (const user of ['x', 'a:b@c', 'a@b:c', 'a@b@c', '@b', 'a@'])
      expect(() => encodeUserAuth(user, 'p')).toThrow(/name@domain/)
  })

  it('a Job-UUID that the switch would cut short is refused', () => {
    expect(encodeBgapi('status', 'x'.repeat(200))).toContain('x'.repeat(200))
    for (const jobUuid of ['', 'x'.repeat(201), 'é'.repeat(101)])
      expect(() => encodeBgapi('status', jobUuid)).toThrow(/Job-UUID/)
  })

  it('an error names what was wrong and what came', () => {
    expect(() => encodeAuth('a\nb')).toThrow(/^the password must not hold CR, LF or/)
    expect(() => encodeSendmsg('u', [['execute-app-arg', 'a\r']])).toThrow(/^expected header execute-app-arg/)
    expect(requireOneLine('a name', 'é :\t')).toBe('é :\t')
  })

  it('requireNoExpansion refuses what the switch takes for a variable, and that only', () => {
    for (const text of ['${x}', 'a${', '$${x}', '$\\{x}', '$\\\\{x}'])
      expect(() => requireNoExpansion('an argument', text)).toThrow(/an argument without \$\{…\}/)
    for (const text of ['$x', '$', '{x}', '$ {x}', 'a$b{c}', '\\$'])
      expect(requireNoExpansion('an argument', text)).toBe(text)
  })
})
