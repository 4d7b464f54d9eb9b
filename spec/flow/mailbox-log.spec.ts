import { describe, expect, it } from 'vitest'
import { LONGEST_LOG } from '../../lib/flow/hub.ts'
import { openMailbox } from '../../lib/flow/mailbox.ts'
import { receive } from '../../lib/flow/receive.ts'
import { anything, itemHub, named, passing, recv } from './named.ts'
import { stateOf } from '../testing/promises.ts'

const times = (count: number, name: string): string[] => Array<string>(count).fill(name)

describe('a long log', () => {
  it('loses its older half beyond the limit; a mailbox goes on with the oldest that is left', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put(...times(LONGEST_LOG, 'a'))
    expect(hub.items).toHaveLength(LONGEST_LOG)
    expect(await recv(box, 'a')).toMatchObject({ n: 0 })
    put('a')
    expect([hub.items.length, hub.dropped]).toEqual([LONGEST_LOG / 2 + 1, LONGEST_LOG / 2])
    expect(await recv(box, 'a')).toMatchObject({ n: LONGEST_LOG / 2 })
    expect(await receive(box, { ...named('a'), from: LONGEST_LOG })).toMatchObject({ n: LONGEST_LOG })
  })

  it('numbers items from the first ever, whatever was dropped', async () => {
    const { hub, put } = itemHub()
    put(...times(LONGEST_LOG + 1, 'a'))
    const late = openMailbox(hub)
    put('b')
    expect(await receive(late, anything)).toMatchObject({ n: LONGEST_LOG + 1 })
  })

  it('forgets what was taken of it once that was dropped', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put('never taken')
    for (let i = 0; i < 3 * LONGEST_LOG; i++) {
      const wait = recv(box, 'a')
      put('a')
      await wait
    }
    expect(box.taken?.size ?? 0).toBeLessThanOrEqual(LONGEST_LOG)
  })

  it('is not searched again for a name that it does not have', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put(...times(5000, 'noise'))
    let looked = 0
    const rare = {
      ...named('rare'),
      matches: (item: { name: string }) => (looked++, item.name === 'rare'),
    }
    expect(await stateOf(receive(box, rare))).toBe('pending')
    put('rare')
    for (let i = 0; i < 100; i++) {
      const wait = receive(box, rare)
      put('rare')
      expect(await wait).toMatchObject({ name: 'rare' })
    }
    expect(looked).toBeLessThan(5000 + 100 * 10)
  })

  it('gives the same by name and by test, whichever was asked before', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put(...times(50, 'noise'), 'a', ...times(50, 'noise'), 'a', 'b', 'a')
    expect(await recv(box, 'b')).toMatchObject({ n: 102 })
    expect(await recv(box, 'a')).toMatchObject({ n: 50 })
    expect(
      await receive(
        box,
        passing(({ name }) => name === 'a'),
      ),
    ).toMatchObject({ n: 101 })
    expect(
      await receive(
        box,
        passing(({ n }) => n === 7),
      ),
    ).toMatchObject({ name: 'noise' })
    expect(await receive(box, anything)).toMatchObject({ n: 0 })
    expect(await recv(box, 'a')).toMatchObject({ n: 103 })
    expect(await stateOf(recv(box, 'a'))).toBe('pending')
  })
})
