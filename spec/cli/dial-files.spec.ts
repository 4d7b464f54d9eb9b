import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RunSummary } from '../../lib/dial/summary.ts'
import { readSummary } from '../../lib/measure/report/read-summary.ts'
import { SWITCHIX } from '../built.ts'
import { canMount, mountSmall, type SmallDisk } from '../small-disk.ts'
import { runCli } from './run-cli.ts'

// Each is a process of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

let dir = ''
const disks: SmallDisk[] = []
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'switchix-files-'))))
afterEach(() => {
  for (const disk of disks.splice(0)) disk.unmount()
  rmSync(dir, { recursive: true, force: true })
})

const rowsIn = (path: string): number => readFileSync(path, 'utf8').split('\n').length - 2

const quick = (calls: number, ...more: string[]): string[] =>
  ['dial', 'sim', '--rate', '100', '--max-offered', String(calls), '--duration', '50ms', ...more] // prettier-ignore

const summaryIn = (path: string): RunSummary => JSON.parse(readFileSync(path, 'utf8')) as RunSummary

describe('a disk that is full', () => {
  test.skipIf(!canMount)(
    '(needs root, for a tmpfs) under --cdr: exit code 5, said when it happens, rows written + rows unwritten = calls',
    async () => {
      const disk = mountSmall(dir, 65_536)
      disks.push(disk)
      const [cdr, summary, junit] = [join(disk.path, 'run.csv'), join(dir, 'run.json'), join(dir, 'run.xml')]
      const run = await runCli(quick(300, '--cdr', cdr, '--summary', summary, '--junit', junit))
      expect(run.code, run.stderr).toBe(5)
      const { launched, files, outcome } = summaryIn(summary)
      const written = rowsIn(cdr)
      expect(files).toEqual([{ path: cdr, written, unwritten: launched - written }])
      expect([launched, outcome]).toEqual([300, 'completed'])
      expect(run.stderr).toMatch(/cannot write .*run\.csv: ENOSPC[^]*rows are not in .*run\.csv/)
      expect(run.stderr).not.toMatch(/^\s+at /m)
      expect(run.stdout).toContain(`${launched - written} of 300 rows are not in ${cdr}`)
      expect(readFileSync(junit, 'utf8')).toMatch(/errors="1"[^]*<error message="\d+ of 300 rows are not in/)
    },
  )

  test.skipIf(!canMount)(
    '(needs root, for a tmpfs) that has no room for the report: the other files are written, nothing is left of that one, exit code 5',
    async () => {
      const disk = mountSmall(dir, 32_768)
      disks.push(disk)
      const [report, summary] = [join(disk.path, 'r.html'), join(dir, 's.json')]
      const run = await runCli(quick(5, '--report', report, '--summary', summary))
      expect(run.code, run.stderr).toBe(5)
      expect(run.stderr).toMatch(/--report: cannot write .*r\.html: ENOSPC/)
      expect([existsSync(report), summaryIn(summary).launched]).toEqual([false, 5])
    },
  )

  test.each(['--cdr', '--summary', '--junit', '--report'])(
    '%s /dev/full: exit code 5, with its name, and the run is made',
    async (option) => {
      const run = await runCli(quick(5, option, '/dev/full'))
      expect(run.code, run.stderr).toBe(5)
      expect(run.stderr).toMatch(/cannot write \/dev\/full: ENOSPC/)
      expect(run.stdout).toContain('offered 5')
    },
  )

  test.each(['report', 'plot'])('%s into /dev/full: exit code 5', async (command) => {
    const input = join(dir, 'run.csv')
    writeFileSync(input, 'call_uuid,hangup_cause,caller_create_ms\na,USER_BUSY,1\n')
    const run = await runCli([command, input, '--out', '/dev/full'])
    expect([run.code, run.stderr]).toEqual([
      5,
      expect.stringMatching(/--out: cannot write \/dev\/full: ENOSPC/),
    ])
  })

  test('query --parquet into /dev/full: exit code 5', async () => {
    const input = join(dir, 'run.csv')
    writeFileSync(input, 'call_uuid,hangup_cause,caller_create_ms\na,USER_BUSY,1\n')
    const run = await runCli(['query', input, '--parquet', '/dev/full'])
    expect([run.code, run.stderr]).toEqual([5, expect.stringMatching(/cannot write \/dev\/full/)])
  })

  test.skipIf(!canMount)(
    '(needs root, for a tmpfs) with no room for a recording: exit code 5, and nothing is left of it',
    async () => {
      const disk = mountSmall(dir, 8192)
      disks.push(disk)
      const run = await runCli(['record', 'sim', '--duration', '1s', '--out', join(disk.path, 'call.jsonl')])
      expect([run.code, run.stderr]).toEqual([5, expect.stringMatching(/cannot write .*call\.jsonl: ENOSPC/)])
      expect(readdirSync(disk.path)).toEqual([])
    },
  )

  test('stdout into /dev/full: exit code 5, in a line', async () => {
    const { code, stderr } = await shell(`"${process.execPath}" "${SWITCHIX}" list-apps > /dev/full`)
    expect(code).toBe(5)
    expect(stderr).toBe('switchix: cannot write to stdout: ENOSPC: no space left on device, write\n')
  })
})

const shell = (script: string): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const child = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })

describe('an output that nobody reads any more (| head -1)', () => {
  test.each(['list-apps', '--help', 'dial --help', 'serve --help'])(
    'switchix %s: quiet, exit code 0',
    async (args) => {
      const { stderr, stdout } = await shell(
        `"${process.execPath}" "${SWITCHIX}" ${args} | head -c 1; echo " \${PIPESTATUS[0]}"`,
      )
      expect(stderr).toBe('')
      expect(stdout).toMatch(/^. 0\n$/)
    },
  )

  test('of dial ends the run: calls are hung up, the summary is written, exit code 141, and nothing is said', async () => {
    const summary = join(dir, 's.json')
    const script = `"${process.execPath}" "${SWITCHIX}" dial sim --app ${join(dir, 'talks.mjs')}:talks --rate 20 --duration 10m --summary ${summary} | head -1; echo "\${PIPESTATUS[0]}"`
    writeFileSync(
      join(dir, 'talks.mjs'),
      "export const talks = () => ({ name: 'Talks', on: { CHANNEL_PARK: (s) => console.log('parked', s.uuid) } })\n",
    )
    const { stdout, stderr } = await shell(script)
    expect(stderr).toBe('')
    expect(stdout).toMatch(/calls\/s of Talks[^\n]*\n141\n$/)
    expect(summaryIn(summary)).toMatchObject({ outcome: 'interrupted' })
  })
})

/** A port of this machine on which nobody listens. */
const closedPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('a CDR says where its call went, and has the fields that were asked for', async () => {
  const [fields, cdr] = [join(dir, 'users.csv'), join(dir, 'run.csv')]
  writeFileSync(fields, 'user,pin\n1001,secret\n1002,other\n')
  const to = ['--dest-url', '{user}@{profile}', '--fields', fields, '--fields-once', '--cdr-fields', 'user']
  const run = await runCli(quick(2, ...to, '--cdr', cdr))
  const text = readFileSync(cdr, 'utf8')
  expect(text.split('\n')[0], run.stderr).toMatch(/,destination,field_user$/)
  const ends = text.trimEnd().split('\n').slice(1).map((row) => row.split(',').slice(-2)) // prettier-ignore
  expect(ends.map(([to, user]) => [to?.split('@')[0], user])).toEqual([
    ['1001', '1001'],
    ['1002', '1002'],
  ])
  expect(text).not.toContain('secret')
})

describe('what is left of an earlier run', () => {
  test('does not survive one that could not connect: its outcome is in the summary, in JUnit and in the report', async () => {
    const files = Object.fromEntries(
      ['run.csv', 'run.SysStats.csv', 'run.json', 'run.xml', 'run.html'].map((name) => [
        name,
        join(dir, name),
      ]),
    )
    for (const path of Object.values(files)) writeFileSync(path, 'of an earlier run')
    // Not a file of ours: it stays.
    writeFileSync(join(dir, 'run.old.csv'), 'mine')
    const port = await closedPort()
    const args = ['--cdr', files['run.csv'], '--summary', files['run.json'], '--junit', files['run.xml'], '--report', files['run.html']] // prettier-ignore
    const run = await runCli(['dial', `127.0.0.1:${port}`, '--threshold', 'asr>0.9', ...(args as string[])])
    expect([run.code, run.stdout]).toEqual([3, ''])
    expect(readFileSync(files['run.csv'] ?? '', 'utf8')).toMatch(/^call_uuid,.*\n$/)
    expect(existsSync(files['run.SysStats.csv'] ?? '')).toBe(false)
    expect(readFileSync(join(dir, 'run.old.csv'), 'utf8')).toBe('mine')
    const summary = await readSummary(files['run.json'] ?? '')
    expect(summary).toMatchObject({
      outcome: 'unreachable',
      error: expect.stringMatching(/refused/) as string,
      startedAt: null,
      launched: 0,
      metrics: { asr: null },
      thresholds: [{ threshold: 'asr>0.9', value: null, ok: false }],
    })
    expect(readFileSync(files['run.xml'] ?? '', 'utf8')).toMatch(
      /errors="1"[^]*<error message="no call was placed: the switch could not be reached: /,
    )
    expect(readFileSync(files['run.html'] ?? '', 'utf8')).toContain(
      'Not run: the switch could not be reached',
    )
  })

  test('does not survive one whose first call could not be prepared', async () => {
    const summary = join(dir, 'run.json')
    writeFileSync(summary, 'of an earlier run')
    const run = await runCli([
      'dial',
      'sim',
      '--dest-url',
      '{user}@{host}',
      '--fields',
      'spec/cli/users.csv',
      '--summary',
      summary,
    ])
    expect(run.code).toBe(2)
    expect(await readSummary(summary)).toMatchObject({
      outcome: 'failed',
      error: expect.stringMatching(/needs the field "host"/) as string,
    })
  })

  test('of a killed run (an empty summary, a torn row, other files in the folder) is reported on', async () => {
    writeFileSync(
      join(dir, 'run.csv'),
      'call_uuid,app,node,hangup_cause,caller_create_ms\na,x,fs1,USER_BUSY,1764547200000\nb,x,fs1,NO_AN',
    )
    writeFileSync(join(dir, 'run.json'), '')
    writeFileSync(join(dir, 'package.json'), '{}')
    writeFileSync(join(dir, 'users.csv'), 'user,pin\n1,2\n')
    const out = join(dir, 'r.html')
    const run = await runCli(['report', dir, '--out', out])
    expect(run.code, run.stderr).toBe(0)
    expect(run.stderr).toMatch(/left out .*package\.json[^]*left out .*run\.json[^]*left out .*users\.csv/)
    expect(readFileSync(out, 'utf8')).toContain('USER_BUSY')
  })
})
