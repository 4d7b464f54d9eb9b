import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import fc from 'fast-check'
import { createEvent, type EslEvent } from '../../lib/esl/event.ts'
import { createFrameDecoder } from '../../lib/esl/frames.ts'
import { readRoom, show } from '../../lib/esl/in-memory.ts'
import { percentDecode, utf8 } from '../../lib/esl/percent.ts'
import { scanner } from '../../lib/esl/scanner.ts'
import { compile } from '../../wasm/compile.ts'
import { runNode } from '../run-node.ts'

const root = new URL('../..', import.meta.url).pathname

/** What the text of an event says, read line by line. */
const headersIn = (text: string): [string, string][] => {
  const lines = text.split('\n')
  const blank = lines.indexOf('')
  return lines.slice(0, blank < 0 ? undefined : blank).flatMap((line): [string, string][] => {
    const colon = line.indexOf(': ')
    return colon > 0 ? [[utf8(line.slice(0, colon)), percentDecode(line.slice(colon + 2))]] : []
  })
}

/** As they come off a socket, in pieces of that size. */
const fromSocket = (texts: readonly string[], size: number, visit: (event: EslEvent) => void): void => {
  const bytes = Buffer.concat(
    texts.map((text) =>
      Buffer.from(`Content-Length: ${text.length}\nContent-Type: text/event-plain\n\n${text}`, 'latin1'),
    ),
  )
  const decoder = createFrameDecoder({
    event(text, format, position) {
      const event = createEvent(text, format)
      show(event, position)
      visit(event)
    },
    frame: () => undefined,
  })
  for (let at = 0; at < bytes.length; at += size) decoder.push(bytes.subarray(at, at + size))
}

const all = (event: EslEvent): [string, string][] => {
  const pairs: [string, string][] = []
  event.forEach((value, name) => pairs.push([name, value]))
  return pairs
}

const name = fc.oneof(
  fc.constantFrom('Event-Name', 'Unique-ID', 'A', 'Ab', 'a:b', 'Event-Date-GMT', 'x'.repeat(100)),
  fc.stringMatching(/^[!-~]{1,40}$/),
)
const value = fc.oneof(
  fc.stringMatching(/^[ -~]{0,40}$/),
  fc.stringMatching(/^([a-z]|%[0-9A-Fa-f]{2}|%){0,60}$/),
  fc.constant('%0D%0Aa=rtpmap:0%20PCMU/8000'.repeat(20)),
)
const line = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(name, value).map(([key, text]) => `${key}: ${text}`) },
  fc.stringMatching(/^[!-~]{1,70}$/),
)
const text = fc
  .tuple(fc.array(line, { maxLength: 60 }), fc.constantFrom('', '\n', '\n\n', '\n\nBody: yes\nA: b\n\n'))
  .map(([lines, end]) => lines.join('\n') + end)

describe('the scanner', () => {
  it('is there on this machine', () => {
    expect(scanner).toBeDefined()
  })

  it('is what the compiler makes of its sources', () => {
    const code = (source: string) =>
      Array.from(source.matchAll(/'([\w+/=]{4,})'/g), ([, part]) => part).join('')
    expect(code(readFileSync(`${root}lib/esl/scan-code.ts`, 'utf8'))).toBe(code(compile()))
  })

  it('finds what a reading line by line finds, in texts of any kind, in pieces of any size', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.integer({ min: 1, max: 3000 }), (texts, size) => {
        const seen: EslEvent[] = []
        fromSocket(texts, size, (event) => {
          const expected = headersIn(texts[seen.length] as string)
          seen.push(event)
          for (const [key, first] of new Map(expected.toReversed())) expect(event.get(key)).toBe(first)
          expect(event.get('Not-There')).toBeUndefined()
          expect(all(event)).toEqual(expected)
        })
        // Later, when other bytes are in the memory, events are still themselves.
        expect(seen.map(all)).toEqual(texts.map(headersIn))
        for (const [at, event] of seen.entries())
          expect(event.get('Unique-ID')).toBe(
            headersIn(texts[at] as string).find(([key]) => key === 'Unique-ID')?.[1],
          )
      }),
    )
  })

  it('finds what a reading line by line finds, in bytes of any kind', () => {
    const piece = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.constantFrom('\n', '\n\n', ':', ': ', ' ', '%', '%41', '%C3%A9', '%0A', '4', 'F', 'a'),
      },
      fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      fc.stringMatching(/^[a-z]{1,40}$/),
    )
    const bytes = fc.array(piece, { maxLength: 400, size: 'max' }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(bytes, (one) => {
        const event = createEvent(one, 'plain')
        const expected = headersIn(one)
        expect(all(event)).toEqual(expected)
        for (const [key, first] of new Map(expected.toReversed()))
          if (/^[\x00-\x7f]*$/.test(key)) expect(event.get(key)).toBe(first)
      }),
      { numRuns: 300 },
    )
  })

  it('reads on in an event while another is read within', () => {
    const one = createEvent('Event-Name: A\nX-One: %31\nX-Two: %32%33\nX-Three: 3\n\n', 'plain')
    const other = createEvent(`Event-Name: B\n${'X-Other: %41%42%43\n'.repeat(50)}\n`, 'plain')
    const values: string[] = []
    one.forEach((text) => {
      expect(all(other)).toHaveLength(51)
      expect(other.get('X-Other')).toBe('ABC')
      values.push(text)
    })
    expect(values).toEqual(['A', '1', '23', '3'])
  })

  it('leaves to others what is too large for it', () => {
    const long = createEvent(`Event-Name: A\nX-Long: ${'y'.repeat(1 << 17)}\nX-Last: %31\n\n`, 'plain')
    expect(long.get('X-Last')).toBe('1')
    expect(all(long)).toHaveLength(3)
    const many = createEvent(`${'A: 1\n'.repeat(13_000)}B: 2\n\n`, 'plain')
    expect(many.get('B')).toBe('2')
    expect(all(many)).toHaveLength(13_001)
    const most = createEvent(`${'a: \n'.repeat(16_383)}\n`, 'plain')
    expect(all(most)).toHaveLength(16_383)
  })

  it('knows only so many names, and reads the others all the same', () => {
    const texts = Array.from({ length: 60 }, (_, at) =>
      Array.from({ length: 100 }, (_, n) => `variable_${at}_${n}${'_long'.repeat(n)}: ${n}`).join('\n'),
    )
    for (const one of texts) expect(all(createEvent(one, 'plain'))).toEqual(headersIn(one))
    for (const one of texts)
      for (const [key, text] of headersIn(one)) expect(createEvent(one, 'plain').get(key)).toBe(text)
  })

  it('a name that found no room leaves nothing behind for shorter ones that do', async () => {
    vi.resetModules()
    const afresh = await import('../../lib/esl/event.ts')
    // 244 long names leave room for a shorter one, and another after it, where the next long one has left its text.
    for (const [batch, length] of [500, 500, 500, 100, 12].entries()) {
      const lines = Array.from(
        { length: 100 },
        (_, n) => `N${batch}-${n}-${'name-'.repeat(100)}`.slice(0, length) + ': 1',
      )
      const one = lines.join('\n')
      for (let time = 0; time < 2; time++)
        expect(all(afresh.createEvent(one, 'plain'))).toEqual(headersIn(one))
    }
  })

  it('takes a chunk larger than its room', () => {
    const texts = Array.from(
      { length: 100 },
      (_, n) => `Event-Name: A\nX-Number: ${n}\nX-Text: ${'z'.repeat(3000)}\n\n`,
    )
    const numbers: string[] = []
    fromSocket(texts, Infinity, (event) => numbers.push(event.get('X-Number') ?? ''))
    expect(numbers).toEqual(texts.map((_, n) => String(n)))
    expect(readRoom()?.length).toBeLessThan(100 * 3000)
  })

  it('is not needed: without WebAssembly all is read the same', async () => {
    const read = `
      import { createEvent } from '${root}dist/esl/event.js'
      import { scanner } from '${root}dist/esl/scanner.js'
      const event = createEvent('Event-Name: A\\nX-One: caf%C3%A9\\nno header\\nX-Two: 2\\nContent-Length: 8\\n\\nX-Two: 3', 'plain')
      console.log(JSON.stringify([scanner === undefined, event, event.get('X-One'), event.get('X-Three') ?? null]))`
    const run = (...flags: string[]): Promise<unknown[]> =>
      runNode([...flags, '--input-type=module', '-e', read]).then(
        ({ stdout }) => JSON.parse(stdout) as unknown[],
      )
    const [isMissing, ...without] = await run('--jitless')
    const [, ...within] = await run()
    expect(isMissing).toBe(true)
    expect(without).toEqual(within)
  })
})
