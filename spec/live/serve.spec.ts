import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect as dial } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sleep, systemClock } from '../../lib/clock.ts'
import { proxier } from '../../lib/apps/proxier.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { listen } from '../../lib/service/listen.ts'
import { profileAddress } from '../../lib/service/profile.ts'
import { killStarted, serving } from '../cli/start-cli.ts'
import { openModesl, reply } from '../sim/clients/modesl.ts'
import { answering } from '../service/on-embedded-switch.ts'
import { outcomeOf } from '../testing/promises.ts'
import { describeLive, LIVE, onRealSwitch, PASSWORD } from './on-real-switch.ts'

const CALLS = 60
const wait = (ms: number): Promise<void> => sleep(systemClock, ms)
let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-live-serve-'))
})
afterAll(async () => {
  killStarted()
  await rm(dir, { recursive: true })
})

/** Half of its calls end by themselves, soon; the others never do. */
const HALF = `export const half = { name: 'Half', on: { async CHANNEL_PARK(sess) {
  if (sess.direction !== 'inbound') return
  await sess.answer()
  if (sess.get('Caller-Destination-Number') === 'never') return sess.echo()
  await sess.sleep(1500)
  await sess.hangup('USER_BUSY')
} } }`

describeLive('switchix serve on a real switch', () => {
  it('SIGTERM under load: calls end by themselves or are hung up, exit 0', { timeout: 60_000 }, async () => {
    await using client = await connect(LIVE, { password: PASSWORD })
    const external = await profileAddress(client, 'external')
    const file = join(dir, 'half.ts')
    await writeFile(file, HALF)
    const service = serving(LIVE, '--app', `${file}:half`, '--grace', '4s', '--password', PASSWORD)
    await service.said(/half is loaded on/)
    const calls = await Promise.all(
      Array.from({ length: CALLS }, (_, i) => client.originate(`${i % 2 ? 'soon' : 'never'}@${external}`)),
    )
    service.signal('SIGTERM')
    await service.said(/no more calls; \d+ are up/)
    const late = client.originate(`soon@${external}`, { timeout: 1000 })
    expect(await service.code).toBe(0)
    expect(service.output()).toContain(`${CALLS / 2} calls were hung up`)
    await Promise.all(calls.map((call) => call.call.ended))
    const causes = calls.map(({ call }) => call.last?.cause)
    expect(causes.filter((cause) => cause === 'USER_BUSY')).toHaveLength(CALLS / 2)
    expect(causes.filter((cause) => cause === 'NORMAL_CLEARING')).toHaveLength(CALLS / 2)
    // Nobody has taken the one that came too late.
    expect(await outcomeOf(late)).toMatchObject({ code: 'JOB_FAILED' })
    expect(client.countSessions()).toBe(0)
  })

  it('Proxier: a call that a client of another make places is proxied; one to itself is no endless loop', (context) =>
    onRealSwitch(context, async ({ client, profile }) => {
      const [external, internal] = [await profile('external'), await profile('internal')]
      // The callee is another app's, behind another profile.
      await client.load(answering(), { id: 'internal', header: 'variable_sofia_profile_name' })
      await client.load(proxier(), { id: 'external', header: 'variable_sofia_profile_name' })
      const [host = '', port = '8021'] = LIVE.split(':')
      const other = await openModesl(host, Number(port), PASSWORD)
      const originate = (dest: string): Promise<string> =>
        reply((done) => other.bgapi('originate', `{originate_timeout=20}${dest} &park()`, done)).then((job) =>
          job.getBody().trim(),
        )
      const answered = await originate(`sofia/external/sip:bob@${internal};fs_path=sip:${external}`)
      expect(answered).toMatch(/^\+OK /)
      expect(client.sessions.filter(({ times }) => times.bridge !== undefined)).toHaveLength(1)
      await client.api(`uuid_kill ${answered.slice(4)}`)
      expect(await originate(`sofia/external/bob@${external}`)).toBe('-ERR EXCHANGE_ROUTING_ERROR')
      other.disconnect()
      await wait(500)
      expect(client.countSessions()).toBe(0)
    }))
})

describeLive('calls that a real switch hands over', () => {
  it(
    'are taken among a flood of strangers; callers that hang up at once leave nothing',
    { timeout: 60_000 },
    async () => {
      const seen: string[] = []
      const app: ClientApp = {
        name: 'Taking',
        on: {
          async CHANNEL_PARK(sess) {
            await sess.answer()
            await sess.playback('tone_stream://%(100,0,1004)')
            await sess.hangup('USER_BUSY')
          },
          CHANNEL_HANGUP: (sess) => void seen.push(sess.cause ?? ''),
        },
      }
      const refused: unknown[] = []
      const failures: unknown[] = []
      await using server = await listen(
        {
          port: 0,
          linger: 1000,
          commandTimeout: 5000,
          onRefused: (error) => refused.push(error),
          onAppError: (failure) => failures.push(failure),
        },
        app,
      )
      await using client = await connect(LIVE, { password: PASSWORD })
      const external = await profileAddress(client, 'external')
      const toUs = `socket:127.0.0.1:${server.port} async full`
      // What the far leg is parked for is taken off it, and the socket put in its place.
      await client.load(
        {
          name: 'Handing over',
          on: {
            async CHANNEL_PARK(sess) {
              if (sess.direction === 'inbound')
                await sess.api(`uuid_transfer ${sess.uuid} '${toUs}' inline`).catch(() => undefined)
            },
          },
        },
        { id: 'handing-over' },
      )
      const strangers = Array.from({ length: 300 }, (_, i) => {
        const socket = dial(server.port, '127.0.0.1')
        socket.on('error', () => undefined)
        if (i % 3 === 0) socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
        else if (i % 3 === 1) socket.end()
        return socket
      })
      const place = (timeout: number) =>
        outcomeOf(client.originate(`x@${external}`, { app: 'handing-over', timeout }))
      const quick = Array.from({ length: 20 }, (_, i) => {
        const job = client.originate(`x@${external}`, { app: 'handing-over' })
        void wait(i * 10).then(() =>
          client.api(`uuid_kill ${job.session?.uuid ?? 'none'}`).catch(() => undefined),
        )
        return outcomeOf(job)
      })
      const calls = await Promise.all(Array.from({ length: 20 }, () => place(20_000)))
      expect(calls.filter((outcome) => outcome instanceof Error)).toEqual([])
      await Promise.all(quick)
      await wait(4000)
      expect(seen.filter((cause) => cause === 'USER_BUSY').length).toBeGreaterThanOrEqual(20)
      expect([server.client.countSessions(), server.client.countCalls(), failures]).toEqual([0, 0, []])
      await wait(3000)
      expect(refused.length).toBeGreaterThan(0)
      for (const socket of strangers) socket.destroy()
      expect(client.countSessions()).toBe(0)
    },
  )
})
