import { describe, expect, it } from 'vitest'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { eventFrame, linkTo, reply, response, type Peer } from './peer.ts'

const SILENCE = 1000

/** Answers each command with what `answer` says, until the connection ends. */
const answering =
  (answer: (command: string, peer: Peer) => string | undefined) =>
  async (peer: Peer): Promise<void> => {
    for (;;) peer.write(answer(await peer.next(), peer) ?? '')
  }

describe('the watchdog', () => {
  it('lets an api take longer than the heartbeat: silence is normal while its answer is due', async () => {
    const { link, clock, closed } = await linkTo(
      answering((command, peer) => {
        if (!command.startsWith('api')) return reply('+OK')
        // The switch's thread is in the api: it reads nothing and says nothing else.
        clockOf().setTimeout(() => peer.write(response('+OK slept\n')), 10 * SILENCE)
        return undefined
      }),
      { silence: SILENCE },
    )
    const clockOf = () => clock
    const slept = kept(link.api('msleep 10000', { timeout: 60_000 }))
    await clock.advance(9 * SILENCE)
    expect([link.open, closed]).toEqual([true, []])
    await clock.advance(2 * SILENCE)
    expect(await stateOf(slept)).toBe('+OK slept\n')
    link.destroy()
    await clock.run()
  })

  it('ends a connection whose api is not answered within its own timeout', async () => {
    const { link, clock, closed } = await linkTo(() => undefined, { silence: SILENCE })
    const slept = kept(link.api('status', { timeout: 5 * SILENCE }))
    await clock.advance(5 * SILENCE)
    expect(await outcomeOf(slept)).toMatchObject({ code: 'TIMEOUT' })
    expect(link.open).toBe(true)
    await clock.advance(2 * SILENCE)
    expect(link.open).toBe(false)
    expect(String(closed[0]?.cause)).toContain('nothing came for 1000 ms')
  })

  it('counts frames, not bytes: a peer that dribbles one frame for ever is dead', async () => {
    const peers: Peer[] = []
    const { link, clock, closed } = await linkTo((peer) => void peers.push(peer), { silence: SILENCE })
    const dribble = (): void => {
      if (!link.open) return
      peers[0]?.write('x')
      clock.setTimeout(dribble, 50)
    }
    peers[0]?.write('Content-Length: 1000000\nContent-Type: text/event-plain\n\n')
    dribble()
    await clock.advance(3 * SILENCE)
    expect(link.open).toBe(false)
    expect(String(closed[0]?.cause)).toContain('no whole frame')
  })

  it('lets a large frame on a slow line come to its end', async () => {
    const peers: Peer[] = []
    const { link, clock, events } = await linkTo((peer) => void peers.push(peer), { silence: SILENCE })
    const frame = eventFrame('Event-Name: HEARTBEAT', `X: ${'x'.repeat(20_000)}`)
    for (let at = 0; at < frame.length; at += 200) {
      peers[0]?.write(frame.slice(at, at + 200))
      await clock.advance(100)
    }
    expect([link.open, events.length]).toEqual([true, 1])
    link.destroy()
    await clock.run()
  })

  it('asks for a sign of life before it takes a peer for dead, and is content with the answer', async () => {
    const asked: string[] = []
    const { link, clock } = await linkTo(
      answering((command) => {
        asked.push(command)
        return reply('+OK')
      }),
      { silence: SILENCE },
    )
    await clock.advance(10 * SILENCE)
    expect(link.open).toBe(true)
    expect(asked.length).toBeGreaterThan(5)
    link.destroy()
    await clock.run()
  })
})
