import { describe, expect, it } from 'vitest'
import { connect } from '../../lib/service/connect.ts'
import { createIds } from '../../lib/service/ids.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { outcomeOf } from '../testing/promises.ts'
import { answering, onEmbeddedSwitch } from './on-embedded-switch.ts'

describe('connecting', () => {
  it('loads the apps, in order, before it resolves', () =>
    onEmbeddedSwitch(
      ({ client }) => {
        expect(client.apps.map(({ id, name }) => `${id} ${name}`)).toEqual(['default Answering'])
        return Promise.resolve()
      },
      { apps: [answering()] },
    ))

  it('works over TCP as it does in memory', async () => {
    await using sim = await simulate()
    await using client = await connect(`127.0.0.1:${sim.port}`, { apps: [answering()] })
    const sess = await client.originate('park@127.0.0.1:5080')
    expect(sess.peer?.answered).toBe(true)
    await sess.hangup()
    expect(client.name).toBe(`127.0.0.1:${sim.port}`)
  })

  it('with a wrong password, an address that is not let in, or nobody there says so, and leaves nothing', async () => {
    const clock = virtualClock()
    await using sim = await simulate({ clock, transport: 'memory', password: 'right' })
    await using closed = await simulate({ clock, transport: 'memory', acl: () => false })
    expect(await clock.run(outcomeOf(connect(sim, { password: 'wrong' })))).toMatchObject({
      code: 'AUTH_FAILED',
    })
    expect(await clock.run(outcomeOf(connect(closed)))).toMatchObject({ code: 'ACL_REJECTED' })
    const client = await clock.run(connect(sim))
    await clock.run(client.close())
    await sim.close()
    await clock.advance(0)
    expect(clock.pending).toBe(0)
  })

  it('as a user of the directory sends that', async () => {
    const user = '1000@example.com'
    const login = { user, password: '1234', sim: { users: { [user]: '1234' } } }
    await onEmbeddedSwitch(({ client }) => {
      expect(client.connected).toBe(true)
      return Promise.resolve()
    }, login)
  })

  it('to what is no address is refused, with what one looks like', async () => {
    for (const address of ['', ' ', 'host:', 'host:0', 'host:65536', 'host:abc', 'two words', 'a:1:2']) {
      const error = await outcomeOf(connect(address))
      expect(error).toMatchObject({ code: 'BAD_ARGUMENT' })
      expect(String(error)).toContain('expected host or host:port, such as')
    }
  })
})

describe('ids', () => {
  it('are short, and differ within a client and between clients', () => {
    const [one, two] = [createIds(), createIds()]
    const ids = Array.from({ length: 2000 }, (_, i) => (i % 2 ? one() : two()))
    expect(new Set(ids).size).toBe(2000)
    for (const id of ids) expect(id.length).toBeLessThan(16)
  })
})
