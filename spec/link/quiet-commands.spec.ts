import { describe, expect, it } from 'vitest'
import { openLink } from '../../lib/link/inbound.ts'
import type { QuietCommands } from '../../lib/link/quiet-commands.ts'
import type { TransportHandlers } from '../../lib/link/transport.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { turn } from '../testing/promises.ts'
import { ACCEPTED, eventFrame, GREETING, linkTo, reply, response } from './peer.ts'

type Begin = (commands: QuietCommands, failed: (error: unknown) => void) => void

const kinds: [string, Begin, (text: string) => string][] = [
  ['api', (to, failed) => to.api('uuid_kill x', undefined, failed), response],
  ['bgapi', (to, failed) => to.bgapi('status', 'j1', failed), reply],
  ['sendmsg', (to, failed) => to.sendmsg('x', [['call-command', 'hangup']], undefined, failed), reply],
]

/** What a command told, where the switch answers in that way, or not at all. */
const toldOf = async (begin: Begin, answer?: string): Promise<unknown[]> => {
  const { link, clock } = await linkTo(async (peer) => {
    await peer.next()
    if (answer !== undefined) peer.write(answer)
  })
  const told: unknown[] = []
  begin(link.quietly, (error) => told.push(error))
  expect(told).toEqual([])
  await clock.run()
  return told
}

describe.each(kinds)('a quiet %s', (_name, begin, answer) => {
  it('that the switch takes says nothing', async () => {
    expect(await toldOf(begin, answer('+OK'))).toEqual([])
  })

  it('that the switch refuses tells so, once, with what its namesake rejects with', async () => {
    const [error, ...more] = await toldOf(begin, answer('-ERR no such thing'))
    expect(error).toMatchObject({ reply: '-ERR no such thing' })
    expect(more).toEqual([])
  })

  it('that is not answered in time tells so', async () => {
    expect(await toldOf(begin)).toMatchObject([{ code: 'TIMEOUT' }])
  })

  it('on a connection that has ended tells so, in a later turn', async () => {
    const { link, clock } = await linkTo((peer) => peer.end())
    await clock.run()
    const told: unknown[] = []
    begin(link.quietly, (error) => told.push(error))
    expect(told).toEqual([])
    await turn()
    expect(told).toMatchObject([{ code: 'CONNECTION_LOST' }])
  })
})

describe('a quiet command', () => {
  it('that cannot be sent tells so, in a later turn', async () => {
    const { link } = await linkTo(() => undefined)
    const told: unknown[] = []
    link.quietly.api('status\n\napi fsctl shutdown', undefined, (error) => told.push(error))
    expect(told).toEqual([])
    await turn()
    expect(told).toMatchObject([{ code: 'BAD_ARGUMENT' }])
  })

  it('keeps nothing waiting with its reply: what comes after it is looked at in the same turn', async () => {
    let handlers: TransportHandlers | undefined
    const seen: string[] = []
    const nothing = (): void => undefined
    const opening = openLink(
      (given) => {
        handlers = given
        return Promise.resolve({ peer: 'hand', write: nothing, end: nothing, destroy: nothing })
      },
      { event: ({ name }) => void seen.push(name), closed: nothing },
      { clock: virtualClock() },
    )
    const feed = (text: string): void => handlers?.data(Buffer.from(text))
    await turn()
    feed(GREETING + ACCEPTED)
    const link = await opening
    await turn()
    link.quietly.api('uuid_kill x', undefined, nothing)
    feed(response('+OK') + eventFrame('Event-Name: CHANNEL_HANGUP'))
    expect(seen).toEqual(['CHANNEL_HANGUP'])
    void link.api('status')
    feed(response('UP') + eventFrame('Event-Name: CHANNEL_DESTROY'))
    expect(seen).toEqual(['CHANNEL_HANGUP'])
    await turn()
    expect(seen).toEqual(['CHANNEL_HANGUP', 'CHANNEL_DESTROY'])
  })
})
