import { describe, expect, it } from 'vitest'
import { systemClock, type Clock } from '../../lib/clock.ts'
import { openLink, type LinkOptions } from '../../lib/link/inbound.ts'
import { tcp } from '../../lib/link/tcp.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { recording } from '../esl/support.ts'
import { ACCEPTED, GREETING, letIn, reply, serveTcp, type Script } from './peer.ts'

const ignore = { event: () => undefined, closed: () => undefined }

/** What comes of connecting to a server with that script: `in`, or the error; and the first command it got. */
const knock = async (script: Script, options: Partial<LinkOptions> = {}, clock: Clock = systemClock) => {
  let login: string | undefined
  await using server = await serveTcp((peer) =>
    script({ ...peer, next: async () => (login = await peer.next()) }),
  )
  const opening = openLink(server.connect, ignore, { clock, ...options }).then(
    (link) => (link.destroy(), 'in'),
    (error: unknown) => error,
  )
  const outcome = await ('run' in clock ? (clock as ReturnType<typeof virtualClock>).run(opening) : opening)
  return { outcome, login, peer: `127.0.0.1:${server.port}` }
}

/** Says this, and ends the connection. */
const saying =
  (words: string | Buffer): Script =>
  (peer) => {
    peer.write(words)
    peer.end()
  }

describe('authentication', () => {
  it('answers the greeting with the password, ClueCon unless told otherwise', async () => {
    expect(await knock(letIn())).toMatchObject({ outcome: 'in', login: 'auth ClueCon' })
    expect(await knock(letIn(), { password: 's e cret' })).toMatchObject({ login: 'auth s e cret' })
  })

  it('is accepted by a reply that begins with +OK, and by no other', async () => {
    const refusing: Script = async (peer) => {
      peer.write(GREETING)
      await peer.next()
      peer.write(reply('-ERR not +OK'))
    }
    expect(await knock(refusing)).toMatchObject({ outcome: { code: 'AUTH_FAILED' } })
  })

  it('answers it with userauth for a user of the directory', async () => {
    const options = { user: '1000@example.com', password: '1234' }
    expect(await knock(letIn(), options)).toMatchObject({
      outcome: 'in',
      login: 'userauth 1000@example.com:1234',
    })
  })

  it('a password with a line break is refused before anything is sent', async () => {
    const { outcome, login } = await knock(letIn(), { password: 'x\nexit' })
    expect([outcome, login]).toMatchObject([{ code: 'BAD_ARGUMENT' }, undefined])
  })

  it('a wrong password is AUTH_FAILED, with the address and where the password is set', async () => {
    const wrong = recording('k1_bad_auth/conn-1.').bytes
    const { outcome, peer } = await knock((each) => each.write(wrong), { password: 'wrong' })
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', address: peer })
    expect(String(outcome)).toContain(`${peer} refused the password; it is set in event_socket.conf.xml`)
  })

  it('a wrong user is AUTH_FAILED, with the user', async () => {
    const { outcome } = await knock((peer) => peer.write(GREETING + reply('-ERR invalid')), { user: 'u@d' })
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED' })
    expect(String(outcome)).toContain('user u@d')
  })

  it('a rejection by the access list is ACL_REJECTED, with what has to be changed', async () => {
    const { bytes } = recording('k2_acl_reject/conn-1.')
    const { outcome } = await knock(saying(bytes))
    expect(outcome).toMatchObject({ code: 'ACL_REJECTED' })
    expect(String(outcome)).toContain('apply-inbound-acl')
  })

  it('may come in one piece with what follows it', async () => {
    const { outcome } = await knock((peer) => peer.write(GREETING + ACCEPTED + reply('+OK bye')))
    expect(outcome).toBe('in')
  })
})

describe('a connection that cannot be made', () => {
  it('to a port where nobody listens is UNREACHABLE: refused', async () => {
    const { port, connect, [Symbol.asyncDispose]: close } = await serveTcp(() => undefined)
    await close()
    const outcome = await openLink(connect, ignore, { clock: systemClock }).catch((error: unknown) => error)
    expect(outcome).toMatchObject({ code: 'UNREACHABLE', address: `127.0.0.1:${port}` })
    expect(String(outcome)).toContain('refused; is FreeSWITCH running')
  })

  it('to a host that nobody knows is UNREACHABLE: unknown', async () => {
    const connect = tcp('no.such.host.invalid', 8021, 5000)
    const outcome = await openLink(connect, ignore, { clock: systemClock }).catch((error: unknown) => error)
    expect(outcome).toMatchObject({ code: 'UNREACHABLE', address: 'no.such.host.invalid:8021' })
    expect(String(outcome)).toContain('check its spelling')
  })

  it('because the other end says nothing is UNREACHABLE after the timeout', async () => {
    const clock = virtualClock()
    const { outcome } = await knock(() => undefined, { connectTimeout: 7000 }, clock)
    expect(String(outcome)).toContain('did not let us in within 7000 ms; is it an Event Socket?')
    expect([clock.pending, clock.now()]).toEqual([0, virtualClock().now() + 7000])
  })

  it('because the other end is no Event Socket is UNREACHABLE, with how it began', async () => {
    const http = 'HTTP/1.1 400 Bad Request\nContent-Type: text/html\n\n'
    const { outcome } = await knock((peer) => peer.write(http))
    expect(outcome).toMatchObject({ code: 'UNREACHABLE' })
    expect(String(outcome)).toMatch(/does not speak the Event Socket protocol: it began with text\/html/)
    expect(String((await knock((peer) => peer.write('220 mail\n\n'))).outcome)).toContain('no Content-Type')
    const broken = 'Content-Type: auth/request\nContent-Length: -5\n\n'
    expect((await knock((peer) => peer.write(broken))).outcome).toMatchObject({ code: 'UNREACHABLE' })
  })

  it('because the other end closes it, before or after its greeting, is UNREACHABLE', async () => {
    for (const words of ['', GREETING]) {
      const { outcome } = await knock(saying(words))
      expect(outcome).toMatchObject({ code: 'UNREACHABLE' })
      expect(String(outcome)).toContain('closed the connection before it let us in')
    }
    expect((await knock((peer) => peer.destroy())).outcome).toMatchObject({ code: 'UNREACHABLE' })
  })

  it('leaves no timer', async () => {
    const clock = virtualClock()
    await knock((peer) => peer.write(recording('k1_bad_auth/conn-1.').bytes), {}, clock)
    await knock(letIn(), {}, clock)
    expect(clock.pending).toBe(0)
  })
})
