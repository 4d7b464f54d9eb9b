import { createEvent, type EslEvent } from '../../lib/esl/event.ts'
import { percentEncode } from '../../lib/esl/percent.ts'
import { createRandom, type Random } from '../random.ts'
import type { FuzzTarget } from '../target.ts'
import { recordedFrames } from './material.ts'
import { plainPairs, toUtf8, type Pair } from './reference.ts'

const BITS = [
  ...[
    'a',
    'b',
    ' ',
    '"',
    '\\',
    '/',
    '\r',
    '\t',
    '\x01',
    '\x7f',
    'é',
    '王',
    '😀',
    '[',
    ']',
    '{',
    '}',
    ':',
    ',',
  ],
  ...['%', '%41', '%zz', '%E9', '&', '&amp;', '<', '>', "'", '\u2028', 'ARRAY::a|:b'],
]
const NAMES = ['Event-Name', 'Unique-ID', 'variable_x', 'variable_y', '__proto__', 'constructor', 'h']

const text = (random: Random): string => {
  let out = ''
  for (let i = random.int(random.chance(0.02) ? 600 : 12); i > 0; i--) out += random.pick(BITS)
  return out
}

const bytesOf = (value: string): string => Buffer.from(value, 'utf8').toString('latin1')

/** As FreeSWITCH's cJSON prints a string. */
const quoted = (value: string): string => JSON.stringify(value).replace(/\u2028/g, '\u2028')

const escaped = (value: string): string =>
  value.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? '&quot;')

/** The same headers in each of the formats, and what is to be read of them. */
const inFormats = (pairs: readonly Pair[]): (readonly [EslEvent, readonly Pair[]])[] => {
  const encoded = pairs.map(([name, value]) => [name, percentEncode(value)] as const)
  const plain = encoded.map(([name, value]) => `${name}: ${value}\n`).join('')
  const json = `{${pairs.map(([name, value]) => `${quoted(name)}:\t${quoted(value)}`).join(',\n\t')}}`
  const xml = encoded.map(([name, value]) => `<${name}>${escaped(value)}</${name}>\n`).join('')
  const wanted = plainPairs(bytesOf(plain))
  return [
    [createEvent(bytesOf(plain), 'plain'), wanted],
    [createEvent(bytesOf(json), 'json'), pairs],
    [createEvent(bytesOf(`<event><headers>${xml}</headers></event>`), 'xml'), wanted],
  ]
}

const differs = (event: EslEvent, wanted: readonly Pair[]): string | undefined => {
  const got = [...event]
  if (got.length !== wanted.length) return `${got.length} headers, expected ${wanted.length}`
  for (const [i, [name, value]] of wanted.entries()) {
    const pair = got[i]
    if (pair?.[0] !== name || pair[1] !== value)
      return `header ${i}: got ${JSON.stringify(pair)}, expected ${JSON.stringify([name, value])}`
  }
  for (const [name] of wanted) {
    const value = wanted.find((each) => each[0] === name)?.[1]
    const found = event.get(name)
    if (found !== value) return `get ${name}: got ${JSON.stringify(found)}, expected ${JSON.stringify(value)}`
  }
  return undefined
}

const recordedTexts = (): string[] =>
  recordedFrames().flatMap((frame) => {
    const bytes = frame.toString('latin1')
    return bytes.includes('Content-Type: text/event-plain\n') ? [bytes.slice(bytes.indexOf('\n\n') + 2)] : []
  })

/** A recorded event with lines taken out, put in, doubled, or with other values. */
const variant = (recorded: string, random: Random): string => {
  const lines = recorded.split('\n')
  for (let i = random.int(8); i > 0; i--) {
    const at = random.int(lines.length)
    const line = `${random.pick(NAMES)}${random.int(50)}: ${percentEncode(text(random))}`
    if (random.chance(0.5)) lines[at] = line.replace(/\n/g, '')
    else if (random.chance(0.5)) lines.splice(at, 1)
    else lines.splice(at, 0, lines[random.int(lines.length)] ?? '')
  }
  return lines.join('\n')
}

/** Compares events, header by header, with a reader that shares nothing with ours, with and without the scanner. */
export const eventsTarget: FuzzTarget = {
  name: 'events',
  about: 'events in all formats, compared header by header with a plain reader',
  count: 200_000,
  run({ n, seed }) {
    const random = createRandom(seed)
    const recorded = recordedTexts()
    const lines: string[] = []
    let failed = 0
    const check = (event: EslEvent, wanted: readonly Pair[], what: string): void => {
      const difference = differs(event, wanted)
      if (difference === undefined) return
      failed++
      if (lines.length < 10) lines.push(`  ${what}: ${difference}`)
    }
    for (let tried = 0; tried < n; tried++) {
      if (random.chance(0.5)) {
        const own = variant(random.pick(recorded), random)
        check(createEvent(own, 'plain'), plainPairs(own), `input ${tried}`)
        // Longer than the scanner's memory: read without it.
        const long = `${own.split('\n\n', 1)[0] ?? ''}\n\n${'x'.repeat(70_000)}`
        if (random.chance(0.05)) check(createEvent(long, 'plain'), plainPairs(long), `input ${tried}, long`)
      } else {
        const name = (): string => random.pick(NAMES) + (random.chance(0.5) ? String(random.int(50)) : '')
        const pairs = Array.from({ length: 1 + random.int(15) }, (): Pair => [name(), text(random)])
        const kept = pairs.filter(([, value]) => value !== '' && toUtf8(bytesOf(value)) === value)
        for (const [event, wanted] of inFormats(kept)) check(event, wanted, `input ${tried}`)
      }
    }
    return Promise.resolve({
      tried: n,
      failed,
      lines: [`events: ${recorded.length} recorded ones`, ...lines],
    })
  },
}
