import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { createFrameDecoder } from '../../lib/esl/frames.ts'
import { cut, decode, decodeText, decodeByteByByte, type Frame } from './support.ts'

const bytes = (...parts: string[]) => Buffer.from(parts.join(''), 'utf8')

const heads = (frames: Frame[]) => frames.map(({ type, text }) => [type, text])

const reply = (text: string) => `Content-Type: command/reply\nReply-Text: ${text}\n\n`

const event = (body: string, format = 'plain') =>
  `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-${format}\n\n${body}`

const ignore = { event: () => undefined, frame: () => undefined }

const refused = (head: string) =>
  expect(() => {
    createFrameDecoder(ignore).push(bytes(head, '\n\n'))
  })

describe('frames', () => {
  it('a frame is its headers up to a blank line, and as many bytes as Content-Length says', () => {
    const frames = decode([bytes('Content-Type: api/response\nContent-Length: 4\n\n+OK\n', reply('+OK bye'))])
    expect(frames).toEqual([
      {
        format: undefined,
        type: 'api/response',
        head: 'Content-Type: api/response\nContent-Length: 4',
        text: '+OK\n',
      },
      { format: undefined, type: 'command/reply', head: reply('+OK bye').trimEnd(), text: '' },
    ])
  })

  it('Content-Length counts bytes, not characters', () => {
    const body = 'Event-Name: é✓😀\n\n'
    const frames = decode([bytes(event(body), reply('next'))])
    expect(Buffer.from(frames[0]?.text ?? '', 'latin1').toString()).toBe(body)
    expect(frames).toHaveLength(2)
  })

  it('a body that looks like a frame is a body', () => {
    const fake = reply('+OK fake') + event('Event-Name: FAKE\n\n')
    expect(heads(decode([bytes(event(fake), reply('real'))]))).toEqual([
      ['text/event-plain', fake],
      ['command/reply', ''],
    ])
  })

  it('names of headers may be written in any case, and in any order', () => {
    const lower = 'content-type: text/event-json\ncontent-length: 2\n\n{}'
    expect(heads(decode([bytes(lower)]))).toEqual([['text/event-json', '{}']])
  })

  it('stray newlines, as a reply with a variable of many lines leaves them behind, are skipped', () => {
    const frames = decodeByteByByte(bytes(reply('v=0\r\no=x\r\n'), '\n\n', event('x'), '\n', reply('+OK')))
    expect(heads(frames)).toEqual([
      ['command/reply', ''],
      ['text/event-plain', 'x'],
      ['command/reply', ''],
    ])
    expect(frames[0]?.head).toContain('v=0\r\no=x\r')
  })

  it('bytes that are not UTF-8 come through as they are', () => {
    const odd = Buffer.from([0xff, 0x01, 0x80, 10, 10, 0xfe])
    const [frame] = decode([Buffer.concat([bytes('Content-Length: 6\nContent-Type: log/data\n\n'), odd])])
    expect(Buffer.from(frame?.text ?? '', 'latin1')).toEqual(odd)
  })

  it('a body of no bytes is none, and is delivered at once', () => {
    const none = 'Content-Type: text/disconnect-notice\nContent-Length: 0\n\n'
    expect(heads(decode([bytes(none)]))).toEqual([['text/disconnect-notice', '']])
    expect(heads(decode([bytes(event(''))]))).toEqual([['text/event-plain', '']])
  })

  it('a Content-Length that is no count of bytes is a ProtocolError, whatever the frame', () => {
    for (const length of ['', 'abc', '-1', '1.5', '0x10', '1e3', '99999999999999', '5 5', '67108865'])
      for (const type of ['text/event-plain', 'text/event-json', 'api/response']) {
        const code = expect.objectContaining({ code: 'PROTOCOL' }) as Error
        refused(`Content-Length: ${length}\nContent-Type: ${type}`).toThrow(code)
        refused(`Content-Type: ${type}\nContent-Length: ${length}`).toThrow(code)
      }
  })

  it('headers without end are a ProtocolError', () => {
    const decoder = createFrameDecoder(ignore)
    const flood = Buffer.alloc(1 << 20, 'x')
    expect(() => {
      for (let i = 0; i < 6; i++) decoder.push(flood)
    }).toThrow(/did not end/)
  })

  it('a length that is only claimed costs no memory', () => {
    const before = process.memoryUsage().arrayBuffers
    const decoder = createFrameDecoder(ignore)
    decoder.push(bytes('Content-Length: 60000000\nContent-Type: text/event-plain\n\nEvent-'))
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 << 20)
  })

  it('any frames, cut anywhere, are found again', () => {
    const body = fc.string({
      unit: fc.constantFrom('\n', 'a', 'é', 'Content-Length: 3\n', ': '),
      maxLength: 40,
    })
    const frame = fc.oneof(
      body.map((text) => event(text)),
      body.map((text) => event(text, 'json')),
      body.map((text) => `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`),
      fc.constant(reply('+OK')),
    )
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 10 })
    const found = fc.property(fc.array(frame, { maxLength: 12 }), sizes, (frames, sizes) => {
      const whole = bytes(...frames)
      const got = decode(cut(whole, sizes))
      expect(got).toEqual(frames.flatMap((one) => decode([bytes(one)])))
      expect(got).toHaveLength(frames.length)
      expect(decodeText(cut(whole, sizes))).toEqual(got)
      expect(decodeText([whole])).toEqual(got)
    })
    fc.assert(found, { numRuns: 300 })
  })
})
