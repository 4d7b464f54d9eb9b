import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withoutPasswords } from '../../lib/cli/hide-passwords.ts'
import { encodeAuth } from '../../lib/esl/command.ts'
import { connect } from '../../lib/service/connect.ts'
import { parseTarget } from '../../lib/service/target.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { SWITCHIX } from '../built.ts'
import { killStarted, startCli } from './start-cli.ts'

const SECRET = 'correct-horse-battery'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-password-'))
})
afterAll(async () => {
  killStarted()
  await rm(dir, { recursive: true })
})

interface Run {
  readonly code: number | null
  readonly output: string
}

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<Run> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [SWITCHIX, ...args], { env: { ...process.env, ...env } })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (output += text.toString()))
    child.on('close', (code) => resolve({ code, output }))
    child.stdin.end(input)
  })

describe('the password of the Event Socket', () => {
  test('comes from the environment, a file or the standard input, the command line before them; it is in no output', async () => {
    await using sw = await simulate({ password: SECRET })
    const host = `127.0.0.1:${sw.port}`
    const file = join(dir, 'password')
    await writeFile(file, `${SECRET}\nsomething else\n`, { mode: 0o600 })
    const dial = [
      'dial',
      host,
      '--max-offered',
      '1',
      '--duration',
      '100ms',
      '--rate',
      '10',
      '--summary',
      join(dir, 's.json'),
    ]
    const debug = { DEBUG: 'switchix:*' }
    const runs = [
      await run(dial, { SWITCHIX_PASSWORD: SECRET, ...debug }),
      await run([...dial, '--password-file', file], { SWITCHIX_PASSWORD: 'wrong' }),
      await run([...dial, '--password-file', '-'], {}, `${SECRET}\n`),
      await run(['doctor', host, '--password', SECRET], { SWITCHIX_PASSWORD: 'wrong', ...debug }),
    ]
    for (const { code, output } of runs.slice(0, 3))
      expect([code, output]).toEqual([expect.toBeOneOf([0, 4]), output])
    expect(runs[3]?.output).toContain('lets us in')
    const refused = await run(dial, { SWITCHIX_PASSWORD: `${SECRET}-not` })
    expect([refused.code, refused.output]).toEqual([3, expect.stringContaining('refused the password')])
    const written = await readFile(join(dir, 's.json'), 'utf8')
    for (const text of [...runs.map(({ output }) => output), refused.output, written])
      expect(text).not.toContain(SECRET)
  })

  test('in a file that everybody can read draws a warning; a file that is not there, or empty, is a usage error', async () => {
    const file = join(dir, 'open')
    await writeFile(file, 'ClueCon\n')
    await chmod(file, 0o644)
    const host = '127.0.0.1:9'
    expect((await run(['doctor', host, '--password-file', file])).output).toMatch(
      /everybody .* can read .*chmod 600/,
    )
    await writeFile(file, '\n')
    for (const path of [file, join(dir, 'none')])
      expect(await run(['doctor', host, '--password-file', path])).toMatchObject({ code: 2 })
    const both = await run(['doctor', host, '--password-file', file, '--password', 'x'])
    expect([both.code, both.output]).toEqual([2, expect.stringContaining('not both')])
    expect((await run(['doctor', host, '--ask-password'])).output).toContain('there is no terminal')
  })

  test.runIf(process.platform === 'linux')(
    'on the command line is taken out of the title of the process',
    async () => {
      expect(withoutPasswords(['serve', '--password', 'x', '--password=y', 'z'])).toEqual([
        ...['serve', '--password', '***', '--password=***', 'z'],
      ])
      const sim = startCli('sim', '--port', '0', '--password', SECRET)
      await sim.said(/listens on/)
      expect(sim.output()).not.toContain(SECRET)
      const title = await readFile(`/proc/${sim.pid}/cmdline`, 'latin1')
      expect(title).toContain('--password ***')
      expect(title).not.toContain(SECRET)
      sim.signal('SIGTERM')
      await sim.code
    },
  )

  test('is in no error message', () => {
    expect(() => encodeAuth(`${SECRET}\n`)).toThrow(/must not hold CR/)
    expect(() => encodeAuth(`${SECRET}\n`)).not.toThrow(SECRET)
    expect(() => parseTarget(`${SECRET}@fs1:x`)).toThrow(/\*\*\*@fs1/)
  })

  test('that FreeSWITCH ships with draws a warning for any address but this machine’s', async () => {
    await using sw = await simulate({ host: '0.0.0.0' })
    const warnings: string[] = []
    const note = (warning: Error): void => void warnings.push(warning.message)
    process.on('warning', note)
    try {
      for (const host of ['127.0.0.1', 'localhost', '0.0.0.0', '0.0.0.0']) {
        await using client = await connect(`${host}:${sw.port}`)
        expect(client.connected).toBe(true)
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    } finally {
      process.off('warning', note)
    }
    expect(warnings).toEqual([
      expect.stringMatching(/^0\.0\.0\.0 has the Event Socket password that FreeSWITCH ships with/),
    ])
  })
})
