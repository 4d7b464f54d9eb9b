import { describe, expect, it } from 'vitest'
import { createEvent } from '../../lib/esl/event.ts'
import type { EventFormat } from '../../lib/esl/frames.ts'
import { createCommandReader } from '../../lib/sim/socket/command-reader.ts'

/** The least of several, in ms of this process: what others do on the machine does not count. */
const least = (work: () => void): number => {
  let best = Infinity
  for (let i = 0; i < 5; i++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

/**
 * Eight times the input takes some eight times as long where each byte is looked at a bounded number of times, and 64
 * times where each is looked at by all others.
 */
const expectLinear = (work: (n: number) => void): void => {
  work(2000)
  const [small, large] = [5000, 40_000].map((n) => least(() => work(n))) as [number, number]
  expect(large / Math.max(small, 2)).toBeLessThan(40)
}

const readAll = (text: string, format: EventFormat): void => {
  const event = createEvent(text, format)
  event.toJSON()
  event.getAll('variable_x')
  expect([event.name, event.uuid, event.body, ...event].length).toBeGreaterThan(0)
}

describe('reading takes a time that grows with the bytes, whatever they are', () => {
  const shapes: readonly (readonly [string, EventFormat, (n: number) => string])[] = [
    ['one header again and again', 'plain', (n) => 'variable_x: y\n'.repeat(n)],
    ['lines that are no headers', 'plain', (n) => 'y\n'.repeat(n * 4)],
    ['an array of many elements', 'plain', (n) => `variable_x: ARRAY::${'a|:'.repeat(n * 4)}\n`],
    ['a value of percent signs', 'plain', (n) => `variable_x: ${'%41'.repeat(n * 4)}\n`],
    ['a json string without its end', 'json', (n) => `{"a":"${'\\"'.repeat(n * 4)}`],
    ['json strings of backslashes', 'json', (n) => `{"a":"${'\\\\'.repeat(n * 4)}`],
    ['json arrays without their end', 'json', (n) => `{"a":${'['.repeat(n * 4)}`],
    ['json names of one array each', 'json', (n) => `{${'"a":['.repeat(n)}`],
    ['xml bodies without their end', 'xml', (n) => `<event><headers></headers>${'<body>'.repeat(n)}`],
    ['xml names without their end', 'xml', (n) => `<event><headers>${'<a'.repeat(n)}`],
    ['xml references without their end', 'xml', (n) => `<headers><a>${'&a'.repeat(n * 4)}</a></headers>`],
  ]
  it.each(shapes)('%s', (_, format, text) => expectLinear((n) => readAll(text(n), format)))

  const streams: readonly (readonly [string, string])[] = [
    ['a command that does not end', 'name: value\n'],
    ['a command of CR and LF that does not end', 'name: value\r\n'],
    ['a line that does not end', 'abcdefgh'],
  ]
  it.each(streams)('the embedded switch reads %s', (_, piece) =>
    expectLinear((n) => {
      const take = createCommandReader(() => undefined)
      for (let i = 0; i < n; i++) take(piece)
      take('\n\n')
    }),
  )

  it('an array of a million elements is read: it is not handed over as arguments', () => {
    const event = createEvent(`variable_x: ARRAY::${'a|:'.repeat(1e6)}b\n`, 'plain')
    expect(event.getAll('variable_x')).toHaveLength(1_000_001)
  })

  it('a json string that is cut short gives what there is of it', () => {
    expect(createEvent('{"Event-Name":"X","A":"left', 'json').get('A')).toBe('left')
  })
})

describe('a command for the embedded switch', () => {
  it('is not waited for above 10,485,760 bytes, nor its body', () => {
    for (const text of ['a'.repeat(10_485_761), 'sendevent X\nContent-Length: 999999999999\n\n']) {
      let refused = 0
      const take = createCommandReader(
        () => expect.unreachable(),
        () => refused++,
      )
      take(text)
      take('more\n\n')
      expect(refused).toBe(1)
    }
  })
})
