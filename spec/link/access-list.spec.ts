import { describe, expect, it } from 'vitest'
import { addressOf, createAccessList, isLoopback } from '../../lib/link/access-list.ts'

describe('an access list', () => {
  it.each<[networks: string[], inside: string[], outside: string[]]>([
    [['10.0.0.0/8'], ['10.0.0.1', '10.255.255.255', '::ffff:10.1.2.3'], ['11.0.0.1', '', '9.255.255.255']],
    [['192.0.2.1'], ['192.0.2.1', '::FFFF:192.0.2.1'], ['192.0.2.2', '192.0.2.10']],
    [['2001:db8::/32'], ['2001:db8::1', '2001:db8:ffff::'], ['2001:db9::1', '10.0.0.1']],
    [['fe80::/10'], ['fe80::1%eth0'], ['2001:db8::1']],
    [['0.0.0.0/0'], ['203.0.113.9'], ['2001:db8::1', 'memory', 'localhost']],
    [
      ['10.0.0.0/8', '::1'],
      ['10.0.0.1', '::1'],
      ['192.0.2.1', '::2'],
    ],
    [[], [], ['127.0.0.1', '::1']],
  ])('%j lets in %j, not %j', (networks, inside, outside) => {
    const isAllowed = createAccessList(networks)
    expect(inside.map(isAllowed)).toEqual(inside.map(() => true))
    expect(outside.map(isAllowed)).toEqual(outside.map(() => false))
  })

  it.each([
    '',
    'localhost',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0/8',
    '::1/129',
    '10.0.0.1/8/8',
    '10.0.0.1/-1',
    '1.2.3.4 ',
    'fe80::1%eth0/64',
  ])('refuses "%s", which is no network', (text) => {
    expect(() => createAccessList([text], '--allow')).toThrow(/^--allow expects a network/)
  })

  it('knows this machine from others that are named like it', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost', '::ffff:127.0.0.1'].map(isLoopback)).toEqual(
      Array(5).fill(true),
    )
    expect(
      ['127.0.0.1.evil.example', '127.evil', 'localhost.evil', '10.0.0.1', '0.0.0.0'].map(isLoopback),
    ).toEqual(Array(5).fill(false))
  })

  it('finds the address in the name of a peer', () => {
    expect(['10.0.0.1:5', '::ffff:10.0.0.1:5', 'memory'].map(addressOf)).toEqual([
      '10.0.0.1',
      '::ffff:10.0.0.1',
      '',
    ])
  })
})
