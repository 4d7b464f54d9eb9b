import { describe, expect, it } from 'vitest'
import { recording } from '../esl/support.ts'
import { kept, stateOf } from '../testing/promises.ts'
import { systemClock } from '../../lib/clock.ts'
import { eventFrame, letIn, linkTo, openNoting, reply, serveTcp } from './peer.ts'

/** What the switch says when it takes leave, in the recordings. */
const BYE = recording('j1_exit_and_close/conn-1.').bytes.toString().split('accepted\n\n')[1] ?? ''

describe('the end of a connection', () => {
  it('that comes by itself ends every command in flight, and later ones, with ConnectionLostError', async () => {
    const { link, clock, closed } = await linkTo(async (peer) => {
      await peer.next()
      peer.destroy()
    })
    const waits = [kept(link.api('status')), kept(link.command('log 7'))]
    await clock.run()
    for (const wait of waits) expect(await stateOf(wait)).toMatchObject({ code: 'CONNECTION_LOST' })
    expect(String(await stateOf(waits[0] as Promise<unknown>))).toContain('api status')
    expect(link.open).toBe(false)
    expect(await stateOf(link.api('status'))).toMatchObject({ code: 'CONNECTION_LOST' })
    expect([closed, clock.pending]).toMatchObject([[{ code: 'CONNECTION_LOST' }], 0])
  })

  it('is told of once, with what the switch said when it took leave', async () => {
    const notice =
      'Content-Type: text/disconnect-notice\nContent-Length: 31\n\nThe system is being shut down.\n'
    const { clock, closed } = await linkTo((peer) => {
      peer.write(notice)
      peer.end()
    })
    await clock.run()
    expect(closed).toMatchObject([{ code: 'CONNECTION_LOST', cause: 'The system is being shut down.' }])
  })

  it('by exit is no error', async () => {
    const { link, clock, closed } = await linkTo(async (peer) => {
      expect(await peer.next()).toBe('exit')
      peer.write(BYE)
      peer.end()
    })
    await clock.run(link.exit())
    await clock.run()
    expect([link.open, closed, clock.pending]).toEqual([false, [undefined], 0])
    await link.exit()
  })

  it('by exit comes after 2 seconds, whether the switch says so or not', async () => {
    const { link, clock, closed } = await linkTo(() => undefined)
    const start = clock.now()
    await clock.run(link.exit())
    await clock.run()
    expect([clock.now() - start, closed, clock.pending]).toEqual([2000, [undefined], 0])
  })

  it('by exit lets the commands before it finish', async () => {
    const { link, clock } = await linkTo(async (peer) => {
      await peer.next()
      await peer.next()
      peer.write(reply('+OK log') + BYE)
      peer.end()
    })
    const before = link.command('log 7')
    await clock.run(link.exit())
    expect((await before).text).toBe('+OK log')
  })

  it('by destroy is at once, and no error; what is in flight is lost', async () => {
    const { link, clock, closed } = await linkTo(() => undefined)
    const wait = kept(link.api('status'))
    link.destroy()
    await clock.run()
    expect(await stateOf(wait)).toMatchObject({ code: 'CONNECTION_LOST' })
    expect([closed, clock.pending]).toEqual([[undefined], 0])
  })

  it('comes when the framing is lost, with ProtocolError as the cause; what was whole before is delivered', async () => {
    const { link, clock, closed, events } = await linkTo((peer) =>
      peer.write(eventFrame('Event-Name: HEARTBEAT') + 'Content-Type: x\nContent-Length: -1\n\n'),
    )
    const wait = kept(link.api('status'))
    await clock.run()
    expect(await stateOf(wait)).toMatchObject({ code: 'CONNECTION_LOST', cause: { code: 'PROTOCOL' } })
    expect(closed).toMatchObject([{ cause: { code: 'PROTOCOL' } }])
    expect(events.map(({ name }) => name)).toEqual(['HEARTBEAT'])
  })

  it('is ours to make when the framing is lost: the peer would go on for ever', async () => {
    // The server ends once every connection has.
    await using server = await serveTcp(letIn((peer) => peer.write('Content-Length: x\n\n')))
    const { link } = await openNoting(server.connect, { clock: systemClock })
    await expect(link.api('status')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  })

  it('is the same over TCP: by the peer, by a reset, and by exit', async () => {
    const ends = ['end', 'destroy', 'exit'] as const
    for (const how of ends) {
      await using server = await serveTcp(
        letIn(async (peer) => {
          if ((await peer.next()) === 'exit') peer.write(BYE)
          if (how === 'destroy') peer.destroy()
          else peer.end()
        }),
      )
      const { link, closed } = await openNoting(server.connect, { clock: systemClock })
      if (how === 'exit') await link.exit()
      else await expect(link.api('status')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
      expect(closed).toMatchObject([how === 'exit' ? undefined : { code: 'CONNECTION_LOST' }])
    }
  })
})
