import { describe, expect, it } from 'vitest'
import { openMailbox } from '../../lib/flow/mailbox.ts'
import { receive, receiveWith } from '../../lib/flow/receive.ts'
import { anything, itemHub, named, passing, recv } from './named.ts'
import { stateOf } from '../testing/promises.ts'

describe('a mailbox', () => {
  it('gives the oldest item that matches, however late the wait comes', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put('a', 'b', 'a', 'b')
    expect(await recv(box, 'b')).toEqual({ name: 'b', n: 1 })
    expect(await recv(box, 'b')).toEqual({ name: 'b', n: 3 })
  })

  it('keeps items that a wait passed over for later waits', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put('a', 'b', 'c')
    expect(await recv(box, 'c')).toMatchObject({ n: 2 })
    expect(await recv(box, 'a')).toMatchObject({ n: 0 })
    expect(await recv(box, 'b')).toMatchObject({ n: 1 })
  })

  it('gives no item twice, by name or by test', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put('a', 'a')
    expect(await recv(box, 'a')).toMatchObject({ n: 0 })
    expect(
      await receive(
        box,
        passing(({ name }) => name === 'a'),
      ),
    ).toMatchObject({ n: 1 })
    expect(await stateOf(recv(box, 'a'))).toBe('pending')
  })

  it('gives an item that comes to the wait that was set up first, and only to that', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    const waits = [recv(box, 'a'), receive(box, anything), recv(box, 'a')]
    put('a', 'a', 'b')
    expect(await Promise.all(waits.slice(0, 2))).toMatchObject([{ n: 0 }, { n: 1 }])
    expect(await stateOf(waits[2] as Promise<unknown>)).toBe('pending')
    expect(await receive(box, anything)).toMatchObject({ name: 'b' })
  })

  it('does not steal from another mailbox', async () => {
    const { hub, put } = itemHub()
    const [one, two] = [openMailbox(hub), openMailbox(hub)]
    const early = [recv(one, 'a'), recv(two, 'a')]
    put('a', 'b')
    expect(await Promise.all(early)).toMatchObject([{ n: 0 }, { n: 0 }])
    expect(await recv(one, 'b')).toBe(await recv(two, 'b'))
  })

  it('begins with the item it is opened at: by default with the next to come', async () => {
    const { hub, put } = itemHub()
    put('a', 'b', 'c')
    const [fromNow, fromThird, whole] = [openMailbox(hub), openMailbox(hub, 2), openMailbox(hub, 0)]
    put('d')
    expect(await receive(fromNow, anything)).toMatchObject({ name: 'd' })
    expect(await receive(fromThird, anything)).toMatchObject({ name: 'c' })
    expect(await receive(whole, anything)).toMatchObject({ name: 'a' })
  })

  it('takes nothing by a wait that only watches, be the item there or still to come', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    const watch = () => receive(box, { ...named('a'), takes: false })
    const before = watch()
    put('a')
    expect(await before).toBe(await watch())
    expect(await recv(box, 'a')).toMatchObject({ n: 0 })
  })

  it('lets a wait that watches see what another wait takes', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    const both = [recv(box, 'a'), receive(box, { ...named('a'), takes: false })]
    put('a')
    expect(await Promise.all(both)).toMatchObject([{ n: 0 }, { n: 0 }])
    expect(await receive(box, { ...named('a'), takes: false, from: 0 })).toMatchObject({ n: 0 })
  })

  it('looks at nothing older than a wait asks for', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put('a', 'a', 'a')
    expect(await receive(box, { ...named('a'), from: 1 })).toMatchObject({ n: 1 })
    expect(await recv(box, 'a')).toMatchObject({ n: 0 })
    expect(await recv(box, 'a')).toMatchObject({ n: 2 })
  })

  it('gives what is there at once, and a waiter to whom has to wait', () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put('a')
    const got: unknown[] = []
    const note = (what: unknown): void => void got.push(what)
    expect(receiveWith(box, named('a'), {}, note, note)).toBeUndefined()
    expect(receiveWith(box, named('a'), {}, note, note)).toBe(hub.waiters[0])
    expect(got).toEqual([{ name: 'a', n: 0 }])
  })
})
