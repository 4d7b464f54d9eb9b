import { describe, expect, it } from 'vitest'
import { endHub, nextNumber, publish } from '../../lib/flow/hub.ts'
import { openMailbox } from '../../lib/flow/mailbox.ts'
import { receive } from '../../lib/flow/receive.ts'
import { anything, itemHub, recv } from './named.ts'

describe('a hub', () => {
  it('keeps every item in order, also with nobody there to read', () => {
    const { hub, put } = itemHub()
    put('a', 'b', 'c')
    expect(hub.items.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(nextNumber(hub)).toBe(3)
  })

  it('says of an item whether anybody waited for it', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    const wait = recv(box, 'b')
    expect(put('a', 'b', 'b')).toEqual([false, true, false])
    await wait
  })

  it('may be published to, and waited on, by whom an item woke', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    const second = recv(box, 'a').then(() => {
      const wait = recv(box, 'b')
      publish(hub, { name: 'b', n: 9 })
      return wait
    })
    put('a')
    expect(await second).toEqual({ name: 'b', n: 9 })
  })

  it('ends once: its first reason stays', async () => {
    const { hub } = itemHub()
    endHub(hub, () => new Error('first'))
    endHub(hub, () => new Error('second'))
    await expect(receive(openMailbox(hub), anything)).rejects.toThrow('first')
  })
})
