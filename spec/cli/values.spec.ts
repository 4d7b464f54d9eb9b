import { describe, expect, test } from 'vitest'
import { count, duration, listenAddress, onFailure, rate } from '../../lib/cli/values.ts'

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

describe('an address to listen on', () => {
  test.each([
    ['8084', '127.0.0.1'],
    [':8084', '0.0.0.0'],
    ['10.0.0.1:8084', '10.0.0.1'],
    ['localhost:8084', 'localhost'],
    ['[::1]:8084', '::1'],
    ['[::ffff:10.0.0.1]:8084', '::ffff:10.0.0.1'],
  ])('%s is on %s', (text, host) => expect(listenAddress(text)).toEqual({ host, port: 8084 }))

  test.each(['', ':', 'here', '65536', 'a:b:1', '::1:80', '[::1]', 'http://a:1', '-1'])(
    '"%s" is none',
    (text) => {
      expect(() => listenAddress(text)).toThrow(/\[host\]:port to listen on.*got/)
    },
  )
})

test('what becomes of a call whose app fails is hangup, with or without a cause that there is, or leave', () => {
  expect(['hangup', 'leave', 'hangup:USER_BUSY'].map(onFailure)).toEqual([
    'hangup',
    'leave',
    { hangup: 'USER_BUSY' },
  ])
  for (const wrong of ['', 'hangup:', 'hangup:BUSY', 'stay'])
    expect(() => onFailure(wrong)).toThrow(/Expected hangup, leave/)
})
