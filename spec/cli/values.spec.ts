import { describe, expect, test } from 'vitest'
import { count, duration, rate } from '../../lib/cli/values.ts'

describe('durations', () => {
  test.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['0', 0],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => expect(duration(text)).toBe(ms))

  test.each(['', '5', '-1s', '1d', 's', '1 s', '1e3s', 'NaN', 'abc', '1s2s'])('"%s" is none', (text) => {
    expect(() => duration(text)).toThrow(/duration with its unit.*got/)
  })
})

describe('rates', () => {
  test('may have a fraction', () => expect(rate('0.5')).toBe(0.5))

  test.each(['', ' ', '0', '-1', 'abc', 'Infinity', 'NaN', '5/s'])('"%s" is none', (text) => {
    expect(() => rate(text)).toThrow(/calls per second.*got/)
  })
})

describe('counts', () => {
  test('are whole', () => expect(count('500')).toBe(500))

  test.each(['', '0', '-5', '1.5', 'abc', '1e30', 'Infinity'])('"%s" is none', (text) => {
    expect(() => count(text)).toThrow(/whole number of calls.*got/)
  })
})
