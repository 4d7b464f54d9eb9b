import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { endHub } from '../../lib/flow/hub.ts'
import { closeMailbox, openMailbox } from '../../lib/flow/mailbox.ts'
import { receive } from '../../lib/flow/receive.ts'
import { anything, itemHub, passing, recv } from './named.ts'
import { stateOf } from '../testing/promises.ts'

describe('a wait', () => {
  it('rejects with TimeoutError after its timeout, and leaves no waiter', async () => {
    const { clock, hub } = itemHub()
    const wait = recv(openMailbox(hub), 'a', { timeout: 500 })
    await clock.advance(499)
    expect(await stateOf(wait)).toBe('pending')
    await clock.advance(1)
    const error = await stateOf(wait)
    expect(error).toMatchObject({ code: 'TIMEOUT', timeoutMs: 500 })
    expect(String(error)).toMatch(/a: .*500 ms/)
    expect(hub.waiters).toEqual([])
  })

  it('leaves no timer and no listener on its signal once it has what it waited for', async () => {
    const { clock, hub, put } = itemHub()
    const control = new AbortController()
    const removed: string[] = []
    control.signal.removeEventListener = (name: string) => void removed.push(name)
    const wait = recv(openMailbox(hub), 'a', { timeout: 500, signal: control.signal })
    expect(clock.pending).toBe(1)
    put('a')
    await wait
    expect([clock.pending, hub.waiters.length, removed]).toEqual([0, 0, ['abort']])
  })

  it('with the signal of many others adds no listener of its own, and the last one to go takes it off', async () => {
    const { hub, put } = itemHub()
    const { signal } = new AbortController()
    const waits = Array.from({ length: 30 }, () => recv(openMailbox(hub), 'a', { signal }))
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    put('a')
    await Promise.all(waits)
    expect(getEventListeners(signal, 'abort')).toEqual([])
    const control = new AbortController()
    const more = Array.from({ length: 30 }, () => recv(openMailbox(hub), 'b', { signal: control.signal }))
    control.abort('enough')
    for (const wait of more) expect(await stateOf(wait)).toMatchObject({ code: 'ABORTED', cause: 'enough' })
  })

  it('that has no timeout, or an infinite one, sets no timer', () => {
    const { clock, hub } = itemHub()
    void recv(openMailbox(hub), 'a')
    void recv(openMailbox(hub), 'a', { timeout: Infinity })
    expect(clock.pending).toBe(0)
  })

  it('rejects with AbortedError, the reason as its cause, when its signal is aborted', async () => {
    const { clock, hub, put } = itemHub()
    const box = openMailbox(hub)
    const control = new AbortController()
    const wait = recv(box, 'a', { signal: control.signal, timeout: 10 })
    control.abort('enough')
    expect(await stateOf(wait)).toMatchObject({ code: 'ABORTED', cause: 'enough' })
    expect([clock.pending, hub.waiters.length]).toEqual([0, 0])
    put('a')
    expect(await recv(box, 'a')).toMatchObject({ n: 0 })
  })

  it('rejects at once on a signal that is aborted already, and takes nothing', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put('a')
    const wait = recv(box, 'a', { signal: AbortSignal.abort('before') })
    expect(await stateOf(wait)).toMatchObject({ code: 'ABORTED', cause: 'before' })
    expect(await recv(box, 'a')).toMatchObject({ n: 0 })
  })

  it('whose test throws rejects with that error, and nobody else notices', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    const bad = passing(() => {
      throw new Error('bad test')
    })
    const waits = [receive(box, bad), receive(box, anything), recv(openMailbox(hub), 'a')]
    put('a')
    expect(await stateOf(waits[0] as Promise<unknown>)).toMatchObject({ message: 'bad test' })
    expect(await Promise.all(waits.slice(1))).toMatchObject([{ n: 0 }, { n: 0 }])
    await expect(receive(openMailbox(hub, 0), bad)).rejects.toThrow('bad test')
    expect(hub.waiters).toEqual([])
  })
})

describe('a mailbox that was closed', () => {
  it('rejects its pending and later waits, also for what is there; other mailboxes go on', async () => {
    const { hub, put } = itemHub()
    const [box, other] = [openMailbox(hub), openMailbox(hub)]
    put('b')
    const [mine, others] = [recv(box, 'a'), recv(other, 'a')]
    const over = new Error('over')
    closeMailbox(box, over)
    expect(await stateOf(mine)).toBe(over)
    expect(await stateOf(recv(box, 'b'))).toBe(over)
    put('a')
    expect(await others).toMatchObject({ name: 'a' })
  })

  it('keeps its first reason', async () => {
    const { hub } = itemHub()
    const box = openMailbox(hub)
    closeMailbox(box, new Error('first'))
    closeMailbox(box, new Error('second'))
    await expect(recv(box, 'a')).rejects.toThrow('first')
  })
})

describe('the end of a hub', () => {
  it('rejects pending waits, each with what it waited for, and leaves no timer', async () => {
    const { clock, hub } = itemHub()
    const box = openMailbox(hub)
    const waits = ['a', 'b'].map((name) => recv(box, name, { timeout: 1000 }))
    expect(endHub(hub, (what) => new Error(`no ${what}`))).toBe(true)
    expect(await Promise.all(waits.map(stateOf))).toMatchObject([{ message: 'no a' }, { message: 'no b' }])
    expect([clock.pending, hub.waiters.length]).toEqual([0, 0])
  })

  it('still gives what is in the log, and rejects later waits for anything else', async () => {
    const { hub, put } = itemHub()
    const box = openMailbox(hub)
    put('a', 'b')
    expect(endHub(hub, (what) => new Error(`no ${what}`))).toBe(false)
    expect(await recv(box, 'b')).toMatchObject({ n: 1 })
    expect(await recv(box, 'a')).toMatchObject({ n: 0 })
    await expect(recv(box, 'a')).rejects.toThrow('no a')
  })
})
