import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  formatRecording,
  parseRecording,
  readRecording,
  writeRecording,
} from '../../lib/testing/recording-file.ts'
import type { RecordedLine } from '../../lib/testing/recording.ts'
import { captured } from './captured.ts'

const HEAD = '{"switchix":"recording","version":2,"node":"a:1","start":0}\n'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-recording-'))
})
afterAll(() => rm(dir, { recursive: true }))

describe('the file of a recording', () => {
  it('is read back as it was, whatever is in it', () => {
    const header = fc.oneof(
      fc.constantFrom('Event-Name', 'Unique-ID', 'Event-Subclass', '__proto__', 'constructor', '_body'),
      fc.string(),
    )
    const value = fc.oneof(
      fc.constantFrom('CHANNEL_CREATE', 'a', 'b'),
      fc.string({ unit: 'binary' }),
      fc.array(fc.string()),
    )
    const event = fc.array(fc.tuple(header, value)).map((pairs) => Object.fromEntries(pairs))
    const line: fc.Arbitrary<RecordedLine> = fc.oneof(
      fc.record({ t: fc.nat(), event }),
      fc.record({ t: fc.nat(), command: fc.string() }),
      fc.record({ t: fc.nat(), reply: fc.string() }),
    )
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, passive) => {
        const recording = { node: 'a:1', start: 5, ...(passive ? { passive } : {}), lines }
        expect(parseRecording(formatRecording(recording))).toEqual(recording)
      }),
    )
  })

  it.each(['a2_selfcall_both_legs', 'b1_bridge_app_from_park'])(
    'of a real call is a fifth of what came, and loses nothing: %s',
    (scenario) => {
      const { bytes, ...recording } = captured(scenario)
      const text = formatRecording(recording)
      expect(text.length).toBeLessThan(bytes / 5)
      expect(parseRecording(text)).toEqual(recording)
    },
  )

  it('of version 1, with whole events, is read too', () => {
    const lines = [
      { t: 1, event: { 'Event-Name': 'CHANNEL_CREATE', 'Unique-ID': 'A' } },
      { t: 2, command: 'api status' },
      { t: 3, reply: 'UP' },
    ]
    const text = [{ switchix: 'recording', version: 1, node: 'a:1', start: 7 }, ...lines]
      .map((line) => JSON.stringify(line))
      .join('\n')
    expect(parseRecording(text)).toEqual({ node: 'a:1', start: 7, lines })
  })

  it.each([
    ['{"t":1}', /line 2 .* is no event, command or reply with its time t: \{"t":1\}/],
    ['{"command":"x"}', /line 2 .* is no event, command or reply/],
    ['\n\n[1]', /line 4 .* is no event/],
    ['{"t":1,"event":{"a":5}}', /line 2 .* has an event whose headers are not text/],
    ['{"t":1,"like":9,"event":{}}', /line 2 .* is like line 9, where no event is/],
    ['{"t":1,"like":"2","event":{}}', /line 2 .* must be like the number of a line/],
    ['{"t":1,"event":{},"without":"x"}', /line 2 .* must be without a list of headers/],
    ['{"t":1,"ev', /line 2 .* is not JSON: \{"t":1,"ev/],
  ])('is refused with the line that is wrong: %j', (line, message) => {
    expect(() => parseRecording(HEAD + line)).toThrow(message)
  })

  it('that there is not, or that is none, is a bad argument that names it', async () => {
    await expect(readRecording(join(dir, 'no.jsonl'))).rejects.toThrow(
      /cannot read .*no\.jsonl: there is no such file/,
    )
    await expect(readRecording('package.json')).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: expect.stringMatching(/^package\.json: /) as string,
    })
  })

  it('is written whole or not at all', async () => {
    const path = join(dir, 'call.jsonl')
    await writeRecording(path, captured('a2_selfcall_both_legs'))
    expect((await readRecording(path)).lines.length).toBeGreaterThan(50)
    await expect(
      writeRecording(join(dir, 'none/call.jsonl'), captured('a2_selfcall_both_legs')),
    ).rejects.toThrow()
    expect(await readdir(dir)).toEqual(['call.jsonl'])
    expect((await stat(path)).size).toBeGreaterThan(1000)
  })
})
