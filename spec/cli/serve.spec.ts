import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ITSELF } from '../service/on-embedded-switch.ts'
import { connect } from '../../lib/service/connect.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { openModesl, reply, type EslEvent } from '../sim/clients/modesl.ts'
import { hear } from '../sim/clients/wait.ts'
import { runCli } from './run-cli.ts'
import { killStarted, serving } from './start-cli.ts'

let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-serve-'))
})
afterAll(async () => {
  killStarted()
  await rm(dir, { recursive: true })
})

describe('switchix serve', () => {
  test('on the embedded switch, Proxier: a call that a client of another make places is proxied', async () => {
    const service = serving('sim', '--app', 'Proxier')
    const [, port = ''] = await service.said(/embedded switch listens on 127\.0\.0\.1:(\d+)/)
    await service.said(/Proxier is loaded on 127\.0\.0\.1:\d+/)
    const client = await openModesl('127.0.0.1', Number(port), 'ClueCon')
    const events = hear<EslEvent>()
    client.on('esl::event::**', (event) => events.push(event))
    await reply((done) => client.events('plain', 'all', done))
    const call = 'sofia/external/sip:bob@192.0.2.1;fs_path=sip:127.0.0.1:5080 &park()'
    const job = await reply((done) => client.bgapi('originate', `{origination_uuid=a}${call}`, done))
    expect(job.getBody().trim()).toBe('+OK a')
    const named = (event: EslEvent): string | undefined => event.getHeader('Event-Name')
    const bridged = await events.first((event) => named(event) === 'CHANNEL_BRIDGE')
    expect(bridged.getHeader('Other-Leg-Destination-Number')).toBe('bob')
    expect(bridged.getHeader('variable_sip_req_uri')).toMatch(/^bob@192\.0\.2\.1/)

    // Who calls the switch itself is no loop for ever.
    const itself = 'sofia/external/bob@127.0.0.1:5080 &park()'
    const looped = await reply((done) => client.bgapi('originate', itself, done))
    expect(looped.getBody().trim()).toBe('-ERR EXCHANGE_ROUTING_ERROR')
    client.disconnect()
    service.signal('SIGTERM')
    await service.said(/no more calls; \d+ are up/)
    service.signal('SIGTERM')
    expect(await service.code).toBe(130)
  })

  test('under load, SIGTERM: no more calls, those that are up run to their end, exit 0', async () => {
    await using sw = await simulate()
    const file = join(dir, 'holding.ts')
    await writeFile(
      file,
      `export const holding = { name: 'Holding', on: { async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound') return
        await sess.answer()
        await sess.sleep(1500)
        await sess.hangup('USER_BUSY')
      } } }`,
    )
    const service = serving(
      `127.0.0.1:${sw.port}`,
      '127.0.0.1:9',
      '--app',
      `${file}:holding`,
      '--grace',
      '20s',
    )
    await service.said(/127\.0\.0\.1:9 is not there, and is looked for: cannot connect.*\n/)
    await service.said(new RegExp(`holding is loaded on 127.0.0.1:${sw.port}\n`))
    await using client = await connect(`127.0.0.1:${sw.port}`)
    const calls = await Promise.all(Array.from({ length: 100 }, () => client.originate(ITSELF)))
    service.signal('SIGTERM')
    await service.said(/no more calls; \d+ are up/)
    const late = client.originate(ITSELF, { timeout: 1000 }).catch((error: unknown) => error)
    expect(await service.code).toBe(0)
    expect(service.output()).toContain('all calls are over')
    expect(await late).toMatchObject({ reply: 'NO_ANSWER' })
    await Promise.all(calls.map((call) => call.call.ended))
    expect(calls.map(({ call }) => call.sessions.at(-1)?.cause)).toEqual(Array(100).fill('USER_BUSY'))
  })

  test('SIGTERM hangs up what is left after the grace, and a second one ends at once', async () => {
    await using sw = await simulate()
    await using client = await connect(`127.0.0.1:${sw.port}`)
    const file = join(dir, 'endless.ts')
    await writeFile(file, `export default { name: 'Endless', on: { CHANNEL_PARK: (sess) => sess.answer() } }`)
    const short = serving(`127.0.0.1:${sw.port}`, '--app', file, '--grace', '500ms')
    await short.said(/is loaded/)
    const call = await client.originate(ITSELF)
    short.signal('SIGTERM')
    expect(await short.code).toBe(0)
    expect(short.output()).toContain('1 calls were hung up')
    await call.call.ended

    const long = serving(`127.0.0.1:${sw.port}`, '--app', file, '--grace', '1h')
    await long.said(/is loaded/)
    const other = await client.originate(ITSELF)
    long.signal('SIGINT')
    await long.said(/no more calls/)
    long.signal('SIGINT')
    expect(await long.code).toBe(130)
    expect(other.hungup).toBe(false)
    await other.hangup()
  })

  test('--watch: an edited app is loaded again for new calls; one that is broken stays as it was', async () => {
    await using sw = await simulate()
    await using client = await connect(`127.0.0.1:${sw.port}`)
    const file = join(dir, 'edited.ts')
    const edition = (cause: string): string =>
      `export const app = () => ({ name: 'Edited', on: { async CHANNEL_PARK(sess: any) {
        if (sess.direction !== 'inbound') return
        await sess.answer(); await sess.recv('DTMF'); await sess.hangup('${cause}') } } })`
    await writeFile(file, edition('USER_BUSY'))
    const service = serving(`127.0.0.1:${sw.port}`, '--app', `${file}:app`, '--watch')
    await service.said(/is loaded/)
    const old = await client.originate(ITSELF)
    await writeFile(file, edition('CALL_REJECTED'))
    await service.said(/loaded again for new calls/)
    const young = await client.originate(ITSELF)
    await writeFile(file, 'export const app = () => ({ name: ')
    await service.said(/stays as it was/)
    const youngest = await client.originate(ITSELF)
    const causes: (string | undefined)[] = []
    for (const call of [old, young, youngest]) {
      await call.sendDtmf('1')
      await call.call.ended
      causes.push(call.call.last?.cause)
    }
    expect(causes).toEqual(['USER_BUSY', 'CALL_REJECTED', 'CALL_REJECTED'])
    service.signal('SIGTERM')
    expect(await service.code).toBe(0)
  })

  test('--watch: an app is loaded again when a file that it imports is edited, also one that was broken', async () => {
    await using sw = await simulate()
    await using client = await connect(`127.0.0.1:${sw.port}`)
    await mkdir(join(dir, 'lib'), { recursive: true })
    const file = join(dir, 'importing.ts')
    const table = join(dir, 'table.ts')
    const deep = join(dir, 'lib/cause.ts')
    await writeFile(deep, `export const cause: string = 'USER_BUSY'`)
    await writeFile(table, `export { cause } from './lib/cause.ts'`)
    await writeFile(
      file,
      `import { cause } from './table.ts'
      export const app = () => ({ name: 'Importing', on: { async CHANNEL_PARK(sess: any) {
        if (sess.direction !== 'inbound') return
        await sess.answer(); await sess.recv('DTMF'); await sess.hangup(cause) } } })`,
    )
    const service = serving(`127.0.0.1:${sw.port}`, '--app', `${file}:app`, '--watch')
    await service.said(/is loaded/)
    const causeNow = async (): Promise<string | undefined> => {
      const call = await client.originate(ITSELF)
      await call.sendDtmf('1')
      await call.call.ended
      return call.call.last?.cause
    }
    expect(await causeNow()).toBe('USER_BUSY')
    await writeFile(deep, `export const cause: string = 'CALL_REJECTED'`)
    await service.said(/loaded again for new calls/)
    expect(await causeNow()).toBe('CALL_REJECTED')
    await writeFile(table, `export { cause } from './lib/fresh.ts'`)
    await service.said(/stays as it was/)
    await writeFile(join(dir, 'lib/fresh.ts'), `export const cause: string = 'NORMAL_UNSPECIFIED'`)
    await service.said(/loaded again for new calls/)
    expect(await causeNow()).toBe('NORMAL_UNSPECIFIED')
    service.signal('SIGTERM')
    expect(await service.code).toBe(0)
  })

  test('--outbound: calls that are handed over', async () => {
    const service = serving('--outbound', '0', '--app', 'TonePlay', '--grace', '0')
    const [, port = ''] = await service.said(/listening on 127\.0\.0\.1:(\d+)/)
    await using sw = await simulate({
      dialplan: () => [{ app: 'socket', arg: `127.0.0.1:${port} async full` }],
    })
    await using client = await connect(sw)
    expect((await client.originate(ITSELF)).answered).toBe(true)
    service.signal('SIGTERM')
    expect(await service.code).toBe(0)
    expect(service.output()).toContain('1 calls were hung up')
  })

  test('of nothing, by no app, or on nobody says so in a line', async () => {
    expect(await runCli(['serve', '--app', 'Proxier'])).toMatchObject({ code: 2 })
    expect(await runCli(['serve', 'sim'])).toMatchObject({ code: 2 })
    const unreachable = await runCli(['serve', '127.0.0.1:9', '--app', 'Proxier'])
    expect(unreachable.code).toBe(3)
    expect(unreachable.stderr).toMatch(/^switchix: cannot connect to 127\.0\.0\.1:9: .*\n$/)
    const port = await runCli(['serve', '--outbound', 'x', '--app', 'Proxier'])
    expect([port.code, port.stderr]).toEqual([
      2,
      expect.stringContaining('Expected [host]:port to listen on'),
    ])
  })
})

test('switchix doctor says what it found, as text and as JSON, and by its exit code', async () => {
  await using sw = await simulate({ sps: 30 })
  const host = `127.0.0.1:${sw.port}`
  const text = await runCli(['doctor', host])
  expect([text.code, text.stdout.split('\n')[0]]).toEqual([0, `${host}: healthy`])
  const slow = await runCli(['doctor', host, '--rate', '50', '--json'])
  const [diagnosis] = JSON.parse(slow.stdout) as { healthy: boolean; findings: { verdict: string }[] }[]
  expect([slow.code, diagnosis?.healthy]).toEqual([1, false])
  expect((await runCli(['doctor', host, '--password', 'x'])).code).toBe(3)
  expect((await runCli(['doctor', 'x y'])).code).toBe(2)
})
