import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../lib/service/connect.ts'
import { runCli } from './run-cli.ts'
import { killStarted, startSim } from './start-cli.ts'

let dir = ''
/** In a folder of this file alone, so that nobody else can have made it. */
const MISSING = join(import.meta.dirname, 'no-such-folder', 'no-such-file')

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-sim-'))
})
afterAll(async () => {
  killStarted()
  await rm(dir, { recursive: true })
})

const DIALPLAN = `<context name="lab">
  <extension name="busy"><condition field="destination_number" expression="^busy$">
    <action application="hangup" data="USER_BUSY"/></condition></extension>
</context>`

describe('switchix sim', () => {
  test('serves the dialplan, profile and far end that it is given, until Ctrl-C', async () => {
    await writeFile(join(dir, 'dialplan.xml'), DIALPLAN)
    await writeFile(join(dir, 'far.yaml'), 'parties:\n  - { to: "1*", answer: 20ms }\n  - { reject: 603 }\n')
    const { port, signal, code, output } = await startSim(
      ...[
        '--password',
        'secret',
        '--seed',
        '3',
        '--sps',
        '40',
        '--max-sessions',
        '60',
        '--acl',
        '127.0.0.0/8',
      ],
      ...['--dialplan', join(dir, 'dialplan.xml'), '--far-end', join(dir, 'far.yaml')],
      ...['--profile', 'lab=127.0.0.1:5092/lab'],
    )
    const client = await connect(`127.0.0.1:${port}`, { password: 'secret' })
    const failure = async (to: string): Promise<string> =>
      (await client.api(`originate sofia/lab/${to} &park()`)).trim()
    expect((await client.api('fsctl sps')).trim()).toBe('+OK sessions per second: 40')
    expect((await client.api('fsctl max_sessions')).trim()).toBe('+OK max sessions: 60')
    await expect(failure('busy@127.0.0.1:5092')).rejects.toThrow(/USER_BUSY/)
    await expect(failure('nobody@127.0.0.1:5092')).rejects.toThrow(/NO_ROUTE_DESTINATION/)
    await expect(failure('2000@192.0.2.7')).rejects.toThrow(/CALL_REJECTED/)
    expect(await failure('1000@192.0.2.7')).toMatch(/^\+OK /)
    await client.close()
    signal('SIGINT')
    expect(await code).toBe(0)
    expect(output()).toMatch(/closing, with 1 channels up/)
  })

  test('keeps out who is not on the access list, and ends when it is shut down', async () => {
    const shut = await startSim('--acl', '192.0.2.0/24')
    await expect(connect(`127.0.0.1:${shut.port}`)).rejects.toMatchObject({ code: 'ACL_REJECTED' })
    shut.signal('SIGTERM')
    expect(await shut.code).toBe(0)
    const open = await startSim()
    const client = await connect(`127.0.0.1:${open.port}`)
    await client.api('fsctl shutdown').catch(() => undefined)
    expect(await open.code).toBe(0)
    expect(open.output()).toMatch(/shut down by a command/)
    await client.close()
  })

  test.each([
    [['--port', 'x'], /Expected a port/],
    [['--profile', 'lab'], /Expected a SIP profile such as/],
    [['--acl', 'everybody'], /expects a network such as/],
    [['--acl', '10.0.0.0/99'], /expects a network such as/],
    [['--dialplan', MISSING], /the dialplan .*no-such-file cannot be read/],
    [['--far-end', MISSING], /the far end script .*no-such-file cannot be read/],
    [['--sounds', MISSING], /expects a folder with WAV files/],
  ])('%j is refused with what was expected, and no stack', async (args, message) => {
    // Not the port of a FreeSWITCH that may run here: `--port x` still has the last word.
    const { code, stderr } = await runCli(['sim', '--port', '0', ...args])
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/^ {4}at /m)
    expect(code).toBe(2)
  })
})
