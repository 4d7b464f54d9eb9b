import { createConnection } from 'node:net'
import { expect, it } from 'vitest'
import { sleep, systemClock } from '../../lib/clock.ts'
import { socketTransport } from '../../lib/link/tcp.ts'
import type { Transport } from '../../lib/link/transport.ts'
import type { Client } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { listen } from '../../lib/service/listen.ts'
import { profileAddress } from '../../lib/service/profile.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { parseTarget } from '../../lib/service/target.ts'
import { kept, outcomeOf } from '../testing/promises.ts'
import { describeLive, LIVE, PASSWORD } from './on-real-switch.ts'

const ID = `switchix-again-${process.pid}`
const wait = (ms: number): Promise<void> => sleep(systemClock, ms)

/** A client that connects again, over a connection that can be cut from here. */
const cuttable = async (apps: readonly ClientApp[], cutFor: { until: number }) => {
  const { host, port } = parseTarget(LIVE)
  const open = new Set<Transport>()
  const target = {
    host,
    port,
    password: PASSWORD,
    connect: (handlers: { data(chunk: Buffer): void; close(error?: Error): void }) =>
      new Promise<Transport>((resolve, reject) => {
        if (Date.now() < cutFor.until) {
          reject(new Error('cut off'))
          return
        }
        const socket = createConnection({ host, port })
        socket.on('error', reject)
        socket.on('data', (chunk) => handlers.data(chunk))
        socket.on('close', () => handlers.close())
        socket.on('connect', () => {
          const transport = socketTransport(socket, LIVE)
          open.add(transport)
          resolve(transport)
        })
      }),
  }
  const client = await connect(target, { reconnect: { firstDelay: 50, maxDelay: 500 } })
  for (const app of apps) await client.load(app, { id: ID })
  const cut = async (ms: number): Promise<void> => {
    cutFor.until = Date.now() + ms
    const back = new Promise<void>((resolve) =>
      client.onState(({ state }) => state === 'connected' && resolve()),
    )
    for (const transport of open) transport.destroy()
    open.clear()
    await back
  }
  return { client, cut }
}

const up = async (client: Client) =>
  client.originate(`park@${await profileAddress(client, 'external')}`, { app: ID })

describeLive('a real switch whose connection is cut', () => {
  it('is connected to again: waits go on, playbacks that ended meanwhile are done, events come once', async () => {
    const seen: string[] = []
    const app: ClientApp = {
      name: 'Again',
      on: {
        async CHANNEL_PARK(sess) {
          if (sess.direction !== 'inbound') return
          await sess.answer()
          await sess.playback('tone_stream://%(1000,0,440)')
          seen.push('first')
          await sess.playback('tone_stream://%(4000,0,440)')
          seen.push('second')
          const digit = await sess.recv('DTMF')
          seen.push(digit.get('DTMF-Digit'))
          await sess.hangup('USER_BUSY')
        },
        CHANNEL_ANSWER: (sess) => void seen.push(`answered ${sess.direction}`),
      },
    }
    const { client, cut } = await cuttable([app], { until: 0 })
    await using again = client
    const caller = await up(again)
    await wait(300)
    await cut(2500)
    expect(seen).toEqual(['answered inbound', 'answered outbound'])
    await wait(2000)
    expect(seen.slice(2)).toEqual(['first'])
    await wait(5000)
    expect(seen.slice(2)).toEqual(['first', 'second'])
    await cut(1000)
    await caller.sendDtmf('5')
    await caller.call.ended
    expect([seen.slice(4), caller.call.last?.cause, caller.lost]).toEqual([['5'], 'USER_BUSY', false])
  })

  it('tells of an answer, a hangup and a new call that came meanwhile', async () => {
    const parked: string[] = []
    const app: ClientApp = { name: 'Parking', on: { CHANNEL_PARK: ({ uuid }) => void parked.push(uuid) } }
    const { client, cut } = await cuttable([app], { until: 0 })
    await using again = client
    await using other = await connect(LIVE, { password: PASSWORD })
    const dest = `park@${await profileAddress(client, 'external')}`
    void kept(again.originate(dest, { app: ID }))
    await wait(1000)
    const [callee] = again.sessions.filter(({ direction, appId }) => direction === 'inbound' && appId === ID)
    if (!callee) throw new Error('no call came')
    const answered = kept(callee.recv('CHANNEL_ANSWER'))
    const gone = cut(2500)
    await other.api(`uuid_answer ${callee.uuid}`)
    const vars = { 'sip_h_X-Switchix-App': ID }
    const fresh = await other.originate(dest, { vars, timeout: 1500 }).catch(() => undefined)
    await gone
    expect((await answered).get('Switchix-Made-Up')).toBe('true')
    expect(callee.answered).toBe(true)
    expect(fresh).toBeUndefined()
    const away = cut(1500)
    await other.api(`uuid_kill ${callee.uuid}`)
    await away
    await wait(500)
    expect([callee.lost, callee.cause]).toEqual([true, 'LOST'])
    await client.hupall({ app: ID })
    await wait(1000)
    expect(parked.filter((uuid) => uuid === callee.uuid)).toHaveLength(1)
  })
})

describeLive('a real switch that hands calls over', () => {
  it('to the same apps: answered, played to, hung up; an early hangup of the caller ends what waits', async (context) => {
    await using client = await connect(LIVE, { password: PASSWORD })
    const capture = await profileAddress(client, 'capture').catch(() =>
      context.skip('the switch has no profile capture'),
    )
    const seen: string[] = []
    const app: ClientApp = {
      name: 'Handed',
      on: {
        async CHANNEL_PARK(sess) {
          seen.push(`park ${sess.get('variable_my_var') ?? ''}`)
          await sess.answer()
          const { name } = await sess.playback('tone_stream://%(300,0,440)')
          seen.push(name, await sess.getVar('my_var').then(String))
          const wait = await outcomeOf(sess.recv('DTMF', { timeout: 3000 }))
          seen.push(String((wait as { code?: string }).code))
          await sess.hangup('USER_BUSY')
        },
        CHANNEL_DESTROY: ({ cause, lost }) => void seen.push(`${cause} ${lost}`),
      },
    }
    const failures: unknown[] = []
    const options = {
      port: 8084,
      onRefused: (e: unknown) => failures.push(e),
      onAppError: (e: unknown) => failures.push(e),
    }
    await using server = await listen(options, app)
    const one = await client.originate(`socket_full@${capture}`)
    await one.recv('CHANNEL_HANGUP', { timeout: 8000 })
    await wait(1500)
    expect(seen).toEqual([
      'park hello world',
      'CHANNEL_EXECUTE_COMPLETE',
      'hello world',
      'TIMEOUT',
      'USER_BUSY false',
    ])
    seen.length = 0
    const two = await client.originate(`socket_full@${capture}`)
    await wait(800)
    await two.hangup('NORMAL_CLEARING')
    await wait(2500)
    expect(seen.slice(3).sort()).toEqual(['HANGUP', 'NORMAL_CLEARING false'])
    expect([failures, server.client.countSessions()]).toEqual([[], 0])
  })
})
