import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { simulate } from '../../lib/sim/simulate.ts'
import { runCli } from './run-cli.ts'

/** A port of this machine on which nobody listens. */
const closedPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const expectFailure = async (args: readonly string[], code: number, message: RegExp): Promise<void> => {
  const run = await runCli(args)
  expect(run.stderr).toMatch(message)
  expect(run.stderr, 'a stack trace').not.toMatch(/^\s+at /m)
  expect(run.stdout).toBe('')
  expect(run.code).toBe(code)
}

describe.concurrent('exit code 2 for what was typed, with the thing and the remedy', () => {
  test.concurrent.each<[string, readonly string[], RegExp]>([
    ['an unknown command', ['dail'], /unknown command 'dail'[^]*Did you mean dial/],
    ['the help of an unknown command', ['dail', '--help'], /unknown command 'dail'[^]*Did you mean dial/],
    ['help with an unknown command', ['help', 'dail'], /unknown command 'dail'[^]*Did you mean dial/],
    ['an unknown flag', ['dial', '--rat', '5'], /unknown option '--rat'[^]*--rate/],
    ['an unknown app', ['dial', '--app', 'Tone'], /no app "Tone"; there are TonePlay, /],
    ['a rate of abc', ['dial', '--rate', 'abc'], /--rate <cps>.*calls per second.*such as 50.*"abc"/],
    ['a negative duration', ['dial', '--duration', '-1s'], /--duration <time>.*such as 500ms.*"-1s"/],
    ['a duration without its unit', ['dial', '--duration', '5'], /with its unit.*"5"/],
    ['no calls at all', ['dial', '--max-offered', '0'], /1 or more, got "0"/],
    ['an address that is none', ['dial', 'host:99999'], /host or host:port.*"host:99999"/],
    ['a proxy that is none', ['dial', '--proxy', 'sip:x'], /Expected host or host:port, got "sip:x"/],
    [
      'a metric that there is not',
      ['dial', '--threshold', 'setup.p95<1s', '--threshold', 'srt<1'],
      /no metric "srt"; there are setup/,
    ],
    [
      'two shapes of a rate',
      ['dial', '--stages', '1s:5', '--sine', '5,1,1m'],
      /one of --stages and --sine, not both/,
    ],
    ['stages that are none', ['dial', '--stages', '1s-5'], /stages as time:rate, such as 10s:50.*"1s-5"/],
    [
      'a field that no row has',
      ['dial', 'sim', '--dest-url', '{user}@{host}', '--fields', 'spec/cli/users.csv'],
      /needs the field "host".*there are user, pin/,
    ],
    [
      'fields that are not there',
      ['dial', 'sim', '--fields', 'no-such.csv'],
      /fields for the calls in no-such\.csv.*not readable/,
    ],
    [
      'a config file that is not there',
      ['dial', '--config', 'no-such.yaml'],
      /cannot read the config file no-such\.yaml/,
    ],
    [
      'a file that cannot be written',
      ['dial', '--cdr', 'spec/cli/no-such-folder/c.csv'],
      /--cdr: cannot write spec\/cli\/no-such-folder/,
    ],
  ])('%s', async (_, args, message) => {
    await expectFailure(args, 2, message)
  })
})

describe.concurrent('exit code 3 where the switch could not be reached or would not have us', () => {
  test.concurrent('an unknown host', () =>
    expectFailure(
      ['dial', 'no-such-host.invalid'],
      3,
      /no-such-host\.invalid:8021.*unknown; check its spelling/,
    ),
  )

  test.concurrent('a refused port', async () => {
    const port = await closedPort()
    await expectFailure(['dial', `127.0.0.1:${port}`], 3, /refused; is FreeSWITCH running/)
  })

  test.concurrent('a wrong password', async () => {
    await using sw = await simulate({ password: 'secret' })
    await expectFailure(['dial', `127.0.0.1:${sw.port}`], 3, /refused the password.*event_socket\.conf\.xml/)
  })

  test.concurrent('a rejection by the access list', async () => {
    await using sw = await simulate({ acl: () => false })
    await expectFailure(
      ['dial', `127.0.0.1:${sw.port}`],
      3,
      /does not let this address in.*apply-inbound-acl/,
    )
  })

  test.concurrent('an unknown profile', async () => {
    await using sw = await simulate()
    const args = ['dial', `127.0.0.1:${sw.port}`, '--profile', 'nosuch']
    await expectFailure(args, 3, /no SIP profile "nosuch" running; it has external, internal/)
  })
})
