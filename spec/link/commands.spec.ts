import { describe, expect, it } from 'vitest'
import { stateOf } from '../testing/promises.ts'
import { linkTo, reply, response, type Peer } from './peer.ts'

/** A link whose commands all get this answer, and what came of them on the wire. */
const answeredBy = async (answer: string) => {
  const sent: string[] = []
  const { link, clock } = await linkTo(async (peer: Peer) => {
    for (;;) {
      sent.push(await peer.next())
      peer.write(answer)
    }
  })
  const ask = <T>(promise: Promise<T>): Promise<unknown> =>
    clock.run(
      promise.then(
        (value) => value,
        (error: unknown) => error,
      ),
    )
  return { link, sent, ask, clock }
}

describe('api', () => {
  it('gives the whole output, UTF-8 and newlines included', async () => {
    const { link, ask } = await answeredBy(response('zwölf\n\nBoxkämpfer\n'))
    expect(await ask(link.api('x'))).toBe('zwölf\n\nBoxkämpfer\n')
  })

  it('that printed nothing gives nothing: "-ERR no reply" is no error', async () => {
    const { link, ask } = await answeredBy(response('-ERR no reply\n'))
    expect(await ask(link.api('uuid_break x'))).toBe('')
  })

  it('that fails rejects with ApiError: the command, and what the switch said', async () => {
    for (const words of ['-ERR nosuch Command not found!', '-USAGE: <uuid>']) {
      const { link, ask } = await answeredBy(response(`${words}\n`))
      const failed = { code: 'API_ERROR', command: 'nosuch 1', reply: words }
      expect(await ask(link.api('nosuch 1'))).toMatchObject(failed)
    }
  })

  it('that begins with a minus, but is no error, is output', async () => {
    const { link, ask } = await answeredBy(response('-1'))
    expect(await ask(link.api('expr 1-2'))).toBe('-1')
  })
})

describe('other commands', () => {
  it('are sent as the switch reads them', async () => {
    const { link, sent, ask } = await answeredBy(reply('+OK'))
    await ask(link.bgapi('status', 'job-1'))
    await ask(link.sendmsg('uuid-1', [['call-command', 'hangup']]))
    await ask(link.event('plain', ['CHANNEL_ANSWER', 'mod_x::y']))
    await ask(link.nixevent(['CHANNEL_ANSWER']))
    await ask(link.command('log 7'))
    expect(sent).toEqual([
      'bgapi status\nJob-UUID: job-1',
      'sendmsg uuid-1\ncall-command: hangup',
      'event plain CHANNEL_ANSWER CUSTOM mod_x::y',
      'nixevent CHANNEL_ANSWER',
      'log 7',
    ])
  })

  it('that the switch refuses reject with CommandError: the command, and what it said', async () => {
    const { link, ask } = await answeredBy(reply('-ERR invalid session id [uuid-1]'))
    const said = { code: 'COMMAND_FAILED', reply: '-ERR invalid session id [uuid-1]' }
    expect(await ask(link.sendmsg('uuid-1', []))).toMatchObject({ ...said, uuid: 'uuid-1' })
    expect(await ask(link.event('plain', ['X']))).toMatchObject({ ...said, command: 'event plain X' })
    expect(await ask(link.nixevent(['X']))).toMatchObject(said)
    expect(await ask(link.bgapi('x', 'job-1'))).toMatchObject({ ...said, command: 'bgapi x' })
  })

  it('command gives the reply, whatever it says, and its headers', async () => {
    const { link, ask } = await answeredBy(reply('-ERR nö', 'Job-UUID: 1'))
    const answer = await ask(link.command('whatever'))
    expect(answer).toMatchObject({ text: '-ERR nö' })
    expect(answer).toHaveProperty('head', expect.stringContaining('Job-UUID: 1'))
  })

  it('that cannot be sent safely reject with ArgumentError, and nothing is sent', async () => {
    const { link, sent, clock } = await answeredBy(reply('+OK'))
    const bad = [
      link.api('status\n\nexit'),
      link.api('...'),
      link.bgapi('status', ''),
      link.sendmsg('x\n', []),
      link.sendmsg('x', [['a', 'b\rc']]),
      link.event('plain', ['A\0']),
      link.command(' '),
    ]
    const errors = await Promise.all(bad.map((promise) => stateOf(promise)))
    for (const error of errors) expect(error).toMatchObject({ code: 'BAD_ARGUMENT' })
    await clock.run()
    expect(sent).toEqual([])
  })
})
