import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { simulate } from '../../lib/sim/simulate.ts'
import { runCli } from './run-cli.ts'

const DIALPLAN = `
import type { ClientApp } from 'switchix'
export const welcome = ({ prompt = 'tone_stream://%(100,0,440)' }: { prompt?: string } = {}): ClientApp => ({
  name: 'Welcome',
  on: {
    async CHANNEL_PARK(sess) {
      await sess.answer()
      await sess.playback(prompt)
      await sess.hangup('NORMAL_CLEARING')
    },
  },
})
export const menu = (): ClientApp => ({
  name: 'Menu',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      await sess.answer()
      const key = await sess.recv('DTMF', { timeout: 8000 })
      if (key.get('DTMF-Digit') !== '1') return
      const { ended } = await sess.bridge({ gateway: 'trunk', dest: '5551234' })
      await ended
    },
  },
})
export const broken = (): ClientApp => ({ name: 'Broken', on: { CHANNEL_PARK() { throw new Error('no such prompt') } } })
`

let dir = ''
let app = ''
let file = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-cli-record-'))
  app = join(dir, 'dialplan.ts')
  file = join(dir, 'call.jsonl')
  await writeFile(app, DIALPLAN)
  const from = ['--from', '+4930123456', '--to', '4989777777', '--mask-numbers']
  const run = await runCli(['record', 'sim', '--out', file, '--app', `${app}:welcome`, ...from])
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run.stdout).toMatch(
    /^recording calls on .*\nrecorded 1 session, \d+ events, 3 commands: .*call\.jsonl/,
  )
}, 60_000)
afterAll(() => rm(dir, { recursive: true }))

describe('switchix record, replay and ladder', () => {
  test('a recorded call is replayed to the app: exit code 0', async () => {
    const run = await runCli(['replay', file, '--app', `${app}:welcome`])
    expect(run).toEqual({ code: 0, stdout: `${file}: as recorded: 3 commands\n`, stderr: '' })
  })

  test('its numbers are masked', async () => {
    expect(await readFile(file, 'utf8')).not.toMatch(/4930123456|4989777777/)
  })

  test('an app that does otherwise: the difference, exit code 1', async () => {
    const run = await runCli(['replay', file, '--app', `${app}:welcome/prompt=other.wav`])
    expect(run.code).toBe(1)
    expect(run.stdout).toMatch(
      /not as recorded\n[^]* {4}answer\n {2}- playback tone_stream.*\n {2}\+ playback other\.wav\n$/,
    )
  })

  test('an app that fails: its error, exit code 1', async () => {
    const run = await runCli(['replay', file, '--app', `${app}:broken`])
    expect(run.code).toBe(1)
    expect(run.stdout).toMatch(/app Broken failed in CHANNEL_PARK .*: Error: no such prompt/)
  })

  test('record sim --script: the caller presses keys and hangs up, and --gateway can be bridged to', async () => {
    const out = join(dir, 'menu.jsonl')
    const script = ['--script', '100ms:1,2s:hangup', '--gateway', 'trunk']
    const run = await runCli(['record', 'sim', '--out', out, '--app', `${app}:menu`, ...script])
    expect(run, run.stderr).toMatchObject({ code: 0 })
    const recording = await readFile(out, 'utf8')
    expect(recording).toContain('sofia/gateway/trunk/5551234')
    expect(recording).toMatch(/CHANNEL_BRIDGE/)
    expect(await runCli(['replay', out, '--app', `${app}:menu`])).toMatchObject({ code: 0 })
  })

  test('a ladder in the terminal, and in a file', async () => {
    const { code, stdout } = await runCli(['ladder', file, '--width', '90'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/controller +leg A\n[^]*├─+ answer {2}\+OK ─+▶│\n[^]*CHANNEL_DESTROY/)
    const page = join(dir, 'call.html')
    expect(await runCli(['ladder', file, '--out', page])).toMatchObject({ code: 0, stdout: '' })
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>[^]*<svg /)
  })

  test('nothing that came makes exit code 1, and no file', async () => {
    await using sw = await simulate()
    const out = join(dir, 'none.jsonl')
    const run = await runCli(['record', `127.0.0.1:${sw.port}`, '--out', out, '--duration', '100ms'])
    expect(run).toMatchObject({ code: 1, stderr: 'switchix: no call came; nothing was written\n' })
    await expect(readFile(out)).rejects.toThrow('ENOENT')
  })
})

describe.concurrent('exit code 2 for what was typed', () => {
  test.concurrent.each<[string, () => readonly string[], RegExp]>([
    [
      'a script that is none',
      () => ['record', 'sim', '--out', file, '--script', '2s:x'],
      /time:keys or time:hangup, such as 2s:1,500ms:23#,5s:hangup, got "2s:x"/,
    ],
    [
      'a gateway that is none',
      () => ['record', 'sim', '--out', file, '--gateway', 'a b'],
      /a gateway as name or name=host:port, got "a b"/,
    ],
    ['no file to write', () => ['record', 'sim'], /required option '--out <file>' not specified/],
    [
      'a folder that is not there',
      () => ['record', 'sim', '--out', '/no/such/a.jsonl'],
      /--out: cannot write \/no\/such\/a\.jsonl/,
    ],
    [
      'an app that is not there',
      () => ['record', 'sim', '--out', file, '--app', './no.ts:x'],
      /there is no file \.\/no\.ts/,
    ],
    [
      'no recording',
      () => ['replay', app, '--app', 'TonePlay'],
      /dialplan\.ts: expected a recording of switchix, version 1 or 2, got an empty first line/,
    ],
    [
      'a recording that is not there',
      () => ['ladder', '/no/call.jsonl'],
      /cannot read \/no\/call\.jsonl: there is no such file/,
    ],
    [
      'an export that is not there',
      () => ['replay', file, '--app', `${app}:welcom`],
      /has no export "welcom"; it has broken, menu, welcome/,
    ],
    [
      'a format that is none',
      () => ['ladder', file, '--format', 'png'],
      /Allowed choices are text, svg, html/,
    ],
  ])('%s', async (_, args, message) => {
    const run = await runCli(args())
    expect(run.stderr).toMatch(message)
    expect(run.stderr, 'a stack trace').not.toMatch(/^\s+at /m)
    expect(run.code).toBe(2)
  })

  test.concurrent('a line that is wrong is named', async () => {
    const bad = join(dir, 'bad.jsonl')
    await writeFile(bad, `${(await readFile(file, 'utf8')).split('\n')[0] ?? ''}\nnonsense\n`)
    const run = await runCli(['replay', bad, '--app', 'TonePlay'])
    expect(run).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/bad\.jsonl: line 2 of the recording is not JSON/) as string,
    })
  })
})
