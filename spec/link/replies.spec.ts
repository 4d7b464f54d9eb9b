import { describe, expect, it } from 'vitest'
import { recording } from '../esl/support.ts'
import { kept, stateOf } from '../testing/promises.ts'
import { linkTo, reply, response, type Peer } from './peer.ts'

/** Answers each command with what the function makes of it. */
const answering = (answer: (command: string) => string) => async (peer: Peer) => {
  for (;;) peer.write(answer(await peer.next()))
}

describe('replies', () => {
  it('go to the commands in the order these were sent, api and others alike', async () => {
    const { link, clock } = await linkTo(
      answering((command) => (command.startsWith('api') ? response(command) : reply(`+OK ${command}`))),
    )
    const all = ['api', 'log', 'api', 'filter', 'api'].map((kind, i) =>
      kind === 'api' ? link.api(`echo ${i}`) : link.command(`${kind} ${i}`).then(({ text }) => text),
    )
    expect(await clock.run(Promise.all(all))).toEqual([
      'api echo 0',
      '+OK log 1',
      'api echo 2',
      '+OK filter 3',
      'api echo 4',
    ])
  })

  it('go to the right one of many thousands in flight', async () => {
    const { link, clock } = await linkTo(answering((command) => response(command)))
    const all = Array.from({ length: 5000 }, (_, i) => link.api(`echo ${i}`))
    const replies = await clock.run(Promise.all(all))
    expect(replies.every((text, i) => text === `api echo ${i}`)).toBe(true)
  })

  it('that come late, after the timeout of their command, are thrown away', async () => {
    const { link, clock } = await linkTo(async (peer) => {
      const slow = await peer.next()
      const quick = await peer.next()
      clock.setTimeout(() => peer.write(response(slow) + response(quick)), 5000)
    })
    const slow = kept(link.api('slow', { timeout: 1000 }))
    const quick = link.api('quick')
    await clock.advance(1000)
    expect(await stateOf(slow)).toMatchObject({ code: 'TIMEOUT', timeoutMs: 1000 })
    expect(await stateOf(quick)).toBe('pending')
    expect(await clock.run(quick)).toBe('api quick')
    expect(clock.pending).toBe(0)
  })

  it('of a command whose signal was aborted are thrown away, too', async () => {
    const { link, clock } = await linkTo(answering((command) => response(command)))
    const control = new AbortController()
    const given = [link.api('a', { signal: control.signal }), link.api('b')]
    control.abort('no need')
    expect(await stateOf(given[0] as Promise<unknown>)).toMatchObject({ code: 'ABORTED', cause: 'no need' })
    expect(await clock.run(given[1] as Promise<unknown>)).toBe('api b')
    expect(clock.pending).toBe(0)
  })

  it('are not awaited for a signal that is aborted already: nothing is sent', async () => {
    const commands: string[] = []
    const { link, clock } = await linkTo(answering((command) => (commands.push(command), response(command))))
    const signal = AbortSignal.abort('before')
    expect(await stateOf(link.api('a', { signal }))).toMatchObject({ code: 'ABORTED', cause: 'before' })
    expect(await clock.run(link.api('b'))).toBe('api b')
    expect(commands).toEqual(['api b'])
  })

  it('have 30 seconds, or what the connection was opened with', async () => {
    for (const commandTimeout of [undefined, 50]) {
      const { link, clock } = await linkTo(() => undefined, { commandTimeout })
      const wait = kept(link.api('status'))
      await clock.advance((commandTimeout ?? 30_000) - 1)
      expect(await stateOf(wait)).toBe('pending')
      await clock.advance(1)
      expect(await stateOf(wait)).toMatchObject({ code: 'TIMEOUT' })
    }
  })

  it('to nothing are no harm', async () => {
    const { link, clock } = await linkTo(async (peer) => {
      peer.write(reply('+OK for nobody') + response('for nobody'))
      peer.write(response(await peer.next()))
    })
    await clock.run()
    expect(await clock.run(link.api('x'))).toBe('api x')
  })

  it('of many lines, as a variable makes them, are whole; the next reply is none the worse', async () => {
    // The switch is the client in outbound mode; its replies are those of getvar all the same.
    const { bytes } = recording('ib3_getvar_multiline_and_long/conn-out-1')
    const frames = bytes.toString().split(/(?=Content-Type: (?:command|api))/)
    const sdp = frames.findIndex((frame) => frame.includes('v=0\r'))
    const { link, clock } = await linkTo(async (peer) => {
      for (const frame of frames.slice(sdp, sdp + 2)) {
        await peer.next()
        peer.write(frame)
      }
    })
    const replies = [link.command('getvar switch_r_sdp'), link.command('sendmsg')]
    const [first, second] = await clock.run(Promise.all(replies))
    expect(first?.text).toMatch(/^v=0\r\no=[^]*a=rtpmap[^]*$/)
    expect(second?.text).toBe('+OK')
  })
})
