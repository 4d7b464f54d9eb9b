import { debounce, filter, map, mergeWith, take, takeUntil, throttle } from 'ix/asynciterable/operators'
import { describe, expect, test } from 'vitest'
import { collect } from '../../lib/flow/collect.ts'
import { merge } from '../../lib/flow/merge.ts'
import { pipe } from '../../lib/flow/pipe.ts'
import { race } from '../../lib/flow/race.ts'
import { until } from '../../lib/flow/until.ts'
import { within } from '../../lib/flow/within.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import type { Operator } from '../../lib/flow/stream.ts'
import { createSource, turn } from './source.ts'

describe('pipe', () => {
  test("runs ix's operators and ours, and releases the source when they have had enough", async () => {
    const source = createSource<string>()
    const items = collect(
      pipe(
        source,
        filter((digit) => digit !== '#'),
        map(Number),
        take(2),
      ),
    )
    for (const digit of ['1', '#', '2', '3']) source.push(digit)
    expect(await items).toEqual([1, 2])
    expect(source.released).toBe(true)
  })
})

describe('merge', () => {
  test('gives the items of all sources as they come, and ends with the last of them', async () => {
    const [a, b] = [createSource<string>(), createSource<string>()]
    const items = collect(merge(a, b))
    for (const [source, item] of [
      [a, 'a1'],
      [b, 'b1'],
      [a, 'a2'],
    ] as const) {
      source.push(item)
      await turn()
    }
    a.end()
    b.push('b2')
    b.end()
    expect(await items).toEqual(['a1', 'b1', 'a2', 'b2'])
  })

  test('releases all sources when the reader leaves early, while it waits, too', async () => {
    const sources = [createSource<number>(), createSource<number>()]
    const iterator = merge(...sources)[Symbol.asyncIterator]()
    const waiting = iterator.next()
    await iterator.return?.()
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(sources.map(({ released }) => released)).toEqual([true, true])
  })

  test('fails with the first source that fails, and releases the others', async () => {
    const [a, b] = [createSource<number>(), createSource<number>()]
    const items = collect(merge(a, b))
    a.fail(new Error('broken'))
    await expect(items).rejects.toThrow('broken')
    expect(b.released).toBe(true)
  })

  test('does not pile up reactions on a source that stays silent', async () => {
    const [busy, silent] = [createSource<number>(), createSource<number>()]
    const iterator = merge(busy, silent)[Symbol.asyncIterator]()
    for (let n = 0; n < 100; n++) {
      busy.push(n)
      expect((await iterator.next()).value).toBe(n)
    }
    expect(silent.asked).toBe(1)
    await iterator.return?.()
  })

  test('of nothing ends at once', async () => expect(await collect(merge())).toEqual([]))
})

describe('race', () => {
  test('goes on with whoever gives an item first, and releases the rest there and then', async () => {
    const [slow, quick] = [createSource<string>(), createSource<string>()]
    const items = collect(race(slow, quick))
    await turn()
    quick.push('q1')
    await turn()
    expect([slow.released, quick.released]).toEqual([true, false])
    slow.push('too late')
    quick.push('q2')
    quick.end()
    expect(await items).toEqual(['q1', 'q2'])
  })

  test('releases all of them when the reader leaves before any has won', async () => {
    const sources = [createSource<number>(), createSource<number>()]
    const iterator = race(...sources)[Symbol.asyncIterator]()
    void iterator.next()
    await iterator.return?.()
    expect(sources.every(({ released }) => released)).toBe(true)
  })
})

describe('until', () => {
  test.each([
    [
      'a promise resolves',
      (): [object, () => void] => {
        let resolve = (): void => undefined
        const promise = new Promise<void>((settle) => (resolve = settle))
        return [promise, () => resolve()]
      },
    ],
    [
      'a signal aborts',
      (): [object, () => void] => {
        const controller = new AbortController()
        return [controller.signal, () => controller.abort()]
      },
    ],
    [
      'another stream gives an item',
      (): [object, () => void] => {
        const source = createSource<number>()
        return [source, () => source.push(1)]
      },
    ],
  ])('ends the stream, while it waits, too, when %s', async (_, make) => {
    const [notifier, tell] = make()
    const source = createSource<number>()
    const items = collect(pipe(source, until(notifier as AbortSignal)))
    source.push(1)
    await turn()
    tell()
    expect(await items).toEqual([1])
    expect(source.released).toBe(true)
  })

  test('a notifier that has told already lets nothing through, and fetches nothing', async () => {
    const source = createSource<number>()
    expect(await collect(pipe(source, until(AbortSignal.abort())))).toEqual([])
    expect(source.asked).toBe(0)
  })

  test('releases the notifier when the source ends first', async () => {
    const [source, notifier] = [createSource<number>(), createSource<number>()]
    const items = collect(pipe(source, until(notifier)))
    source.end()
    await items
    await turn()
    expect(notifier.released).toBe(true)
  })
})

describe('within', () => {
  test('fails where an item does not come in time, by the clock of its stream, and leaves no timer', async () => {
    const clock = virtualClock()
    const source = createSource<number>(clock)
    const items = collect(pipe(source, within(1000), map(Number)))
    items.catch(() => undefined)
    source.push(1)
    await clock.advance(900)
    source.push(2)
    await clock.advance(900)
    expect(clock.pending).toBe(1)
    await clock.advance(200)
    await expect(items).rejects.toMatchObject({ code: 'TIMEOUT', timeoutMs: 1000 })
    expect(source.released).toBe(true)
    expect(clock.pending).toBe(0)
  })

  test('leaves no timer when the reader leaves early', async () => {
    const clock = virtualClock()
    const iterator = pipe(createSource<number>(clock), within(1000))[Symbol.asyncIterator]()
    void iterator.next()
    await iterator.return?.()
    expect(clock.pending).toBe(0)
  })
})

describe('pipe, whatever its operators do', () => {
  const operators: [string, Operator<number, unknown>][] = [
    ['debounce', debounce(1)],
    ['throttle', throttle(1)],
    ['takeUntil', takeUntil(() => new Promise(() => undefined))],
    ['mergeWith', mergeWith(createSource<number>())],
    ['none that is ours', (source) => source],
  ]
  test.each(operators)('releases its source when the reader leaves early: %s', async (_, operator) => {
    const source = createSource<number>()
    const stream = pipe(source, operator)
    setTimeout(() => source.push(1), 1)
    const iterator = stream[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.return?.()
    await turn()
    expect(source.released).toBe(true)
  })
})
