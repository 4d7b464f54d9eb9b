import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskRecording } from '../../lib/testing/mask.ts'
import type { RecordedEvent, RecordedLine, Recording } from '../../lib/testing/recording.ts'
import { captured } from './captured.ts'

const of = (lines: readonly RecordedLine[]): Recording => ({ node: 'a:1', start: 0, lines })
const event = (headers: RecordedEvent): RecordedLine => ({ t: 0, event: headers })
const command = (text: string): RecordedLine => ({ t: 0, command: text })
const textOf = (recording: Recording): string => JSON.stringify(recording)

describe('masking secrets', () => {
  it.each([
    ['a variable', event({ variable_sip_auth_password: 'hunter22' })],
    ['a header of SIP', event({ variable_sip_h_Authorization: 'Digest hunter22' })],
    [
      'a key of SRTP',
      event({ variable_switch_r_sdp: 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:hunter22|2^20\r\n' }),
    ],
    [
      'what an originate is given',
      command('bgapi originate {sip_auth_password=hunter22,a=b}sofia/x/y@z &park()'),
    ],
    [
      'what it is given in quotes',
      command("bgapi originate {sip_auth_password='hunter22'}sofia/x/y@z &park()"),
    ],
    ['uuid_setvar', command('api uuid_setvar abc sip_auth_password hunter22 and more')],
    [
      'the application set',
      command('sendmsg a\ncall-command: execute\nexecute-app-name: set\nexecute-app-arg: api_key=hunter22 x'),
    ],
    [
      'a URI',
      command(
        'sendmsg a\ncall-command: execute\nexecute-app-name: bridge\nexecute-app-arg: sip:bob:hunter22@h',
      ),
    ],
    ['JSON in a body', event({ _body: '{"user":"x","password":"hunter22"}' })],
    ['a reply', { t: 0, reply: 'password=hunter22' }],
  ] as const)('%s', (_, line) => {
    const masked = textOf(maskRecording(of([line])))
    expect(masked).not.toContain('hunter22')
    expect(masked).toContain('***')
  })

  it('once known, wherever they stand', () => {
    const lines = [event({ variable_sip_auth_password: 'hunter22' }), command('api echo hunter22')]
    expect(textOf(maskRecording(of(lines)))).not.toContain('hunter22')
  })

  it('leaves everything else as it was', () => {
    const recording = captured('a2_selfcall_both_legs')
    expect(maskRecording(recording)).toEqual(recording)
  })
})

describe('masking numbers', () => {
  const mask = (lines: readonly RecordedLine[], keep?: readonly string[]) =>
    maskRecording(of(lines), { numbers: true, keep })

  it('gives the same number the same pseudonym, with its length, its sign and its first digits', () => {
    const { lines } = mask([
      event({ 'Caller-Caller-ID-Number': '+4930123456', variable_sip_from_uri: '004930123456@h.example' }),
      command(
        'sendmsg a\ncall-command: execute\nexecute-app-name: bridge\nexecute-app-arg: {origination_caller_id_number=4930123456}sofia/gw/4989777777@h.example',
      ),
    ])
    expect(lines).toEqual([
      event({ 'Caller-Caller-ID-Number': '+4900000001', variable_sip_from_uri: '004900000001@h.example' }),
      command(
        'sendmsg a\ncall-command: execute\nexecute-app-name: bridge\nexecute-app-arg: {origination_caller_id_number=4900000001}sofia/gw/4900000002@h.example',
      ),
    ])
  })

  it('masks users and names, and keeps what it is told to, and what is nobody', () => {
    const { lines } = mask(
      [
        event({
          'Caller-Caller-ID-Name': 'Alice B',
          'Caller-Username': 'alice',
          'Caller-Destination-Number': 'park',
          variable_sip_full_from: '"Alice B" <sip:alice@h.example>;tag=1',
          variable_sip_contact_uri: 'mod_sofia@10.0.0.1:5060',
          'Caller-ANI': 'anonymous',
        }),
      ],
      ['park'],
    )
    expect(lines).toEqual([
      event({
        'Caller-Caller-ID-Name': 'user1',
        'Caller-Username': 'user2',
        'Caller-Destination-Number': 'park',
        variable_sip_full_from: '"user1" <sip:user2@h.example>;tag=1',
        variable_sip_contact_uri: 'mod_sofia@10.0.0.1:5060',
        'Caller-ANI': 'anonymous',
      }),
    ])
  })

  it('masks every user of a real call, and leaves its events in order', () => {
    const recording = captured('b1_bridge_app_from_park')
    const masked = maskRecording(recording, { numbers: true })
    const names = masked.lines.map((line) => 'event' in line && line.event['Event-Name'])
    expect(names).toEqual(recording.lines.map((line) => 'event' in line && line.event['Event-Name']))
    expect(textOf(masked)).not.toMatch(/sipp@|"sipp"|ringanswer@/)
  })

  it('does not take a short number for part of something else', () => {
    const tone =
      'sendmsg a\ncall-command: execute\nexecute-app-name: playback\nexecute-app-arg: tone_stream://%(500,100,440)'
    const { lines } = mask([
      event({ 'Caller-Caller-ID-Number': '500' }),
      command(tone),
      command('api uuid_transfer a 500 XML default'),
    ])
    expect(lines.slice(1)).toEqual([command(tone), command('api uuid_transfer a 501 XML default')])
  })

  it('leaves none of the numbers, wherever they stand', () => {
    const number = fc.stringMatching(/^\+?[1-9]\d{6,14}$/)
    const place = fc.constantFrom<(n: string) => RecordedLine>(
      (n) => event({ 'Caller-Caller-ID-Number': n, note: `called ${n}.` }),
      (n) => event({ variable_effective_caller_id_number: n, _body: `<sip:${n}@10.0.0.1>` }),
      (n) => event({ 'Other-Leg-Destination-Number': n, variable_list: [n, 'x'] }),
      (n) =>
        command(
          `bgapi originate {origination_caller_id_number=${n}}sofia/external/${n}@10.0.0.1:5060 &park()`,
        ),
      (n) => command(`api uuid_transfer abc ${n} XML default`),
      (n) =>
        command(
          `sendmsg a\ncall-command: execute\nexecute-app-name: bridge\nexecute-app-arg: sofia/gw/sip:${n}@h.example`,
        ),
      (n) => event({ variable_phone: n, variable_DP_MATCH: [n, n] }),
      (n) => event({ variable_caller_id: `"${n}" <${n}>` }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(number, place), { minLength: 1, maxLength: 20 }), (said) => {
        const masked = mask(said.map(([each, say]) => say(each)))
        const text = textOf(masked)
        for (const [each] of said) expect(text).not.toContain(each.replace('+', ''))
      }),
    )
  })
})
