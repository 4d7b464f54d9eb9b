import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { record } from '../../lib/testing/record.ts'
import type { Recording } from '../../lib/testing/recording.ts'
import { replay } from '../../lib/testing/replay.ts'
import { testSession } from '../../lib/testing/test-session.ts'

/** Answers so many ms after it was asked: `/300`. */
const server = createServer((request, response) => {
  setTimeout(() => response.end('hello.wav'), Number(request.url?.slice(1)))
})
let url = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** What a flow may do that no virtual time brings. */
const WORK: Readonly<Record<string, () => Promise<unknown>>> = {
  'a file': () => readFile(import.meta.filename),
  'a timer of Node of 50 ms': () => new Promise((resolve) => setTimeout(resolve, 50)),
  'a server that takes 300 ms': async () => (await fetch(`${url}/300`)).text(),
  'a server that takes 3 s': async () => (await fetch(`${url}/3000`)).text(),
  'another thread': async () => {
    const worker = new Worker(
      "const { parentPort } = require('node:worker_threads'); setTimeout(() => parentPort.postMessage(1), 200)",
      { eval: true },
    )
    await once(worker, 'message')
    await worker.terminate()
  },
}

/** Looks something up, with a prompt going on meanwhile, and does what comes of it; the caller must press a key in a second. */
const lookUp = (work: () => Promise<unknown>): ClientApp => ({
  name: 'LookUp',
  on: {
    async CHANNEL_PARK(sess: Session) {
      if (sess.direction !== 'inbound') return
      await sess.answer()
      void sess.playback('tone_stream://%(100,0,440)')
      await work()
      await sess.setVar('found', 'yes')
      const key = await sess.recv('DTMF', { timeout: 1000 }).catch(() => undefined)
      await work()
      await sess.hangup(key ? 'NORMAL_CLEARING' : 'NO_USER_RESPONSE')
    },
  },
})

/** One or several calls to the app at once, on the embedded switch in real time. */
const recordCalls = async (app: ClientApp, calls: number): Promise<Recording> => {
  await using sw = await simulate()
  const recorder = record(sw)
  await using client = await connect(recorder.target, { apps: [app] })
  const phones = Array.from({ length: calls }, (_, i) => sw.call({ to: '100', from: `${1000 + i}` }))
  await Promise.all(phones.map(({ ended }) => ended))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await client.close()
  return recorder.recording()
}

describe('a replay of an unchanged flow', () => {
  it.each(['a file', 'a timer of Node of 50 ms', 'a server that takes 300 ms', 'another thread'])(
    'does not diverge while it waits for %s',
    async (name) => {
      const app = lookUp(WORK[name] ?? (() => Promise.reject(new Error(name))))
      const run = await replay(await recordCalls(app, 1), { app })
      expect(String(run)).toBe('as recorded: 4 commands')
    },
    30_000,
  )

  it('does not diverge where several of its calls wait for a server at once', async () => {
    const app = lookUp(async () => (await fetch(`${url}/300`)).text())
    const run = await replay(await recordCalls(app, 5), { app })
    expect(String(run)).toBe('as recorded: 20 commands')
  }, 30_000)

  it('does not diverge where the server takes longer now than when it was recorded', async () => {
    let ms = 10
    const app = lookUp(async () => (await fetch(`${url}/${ms}`)).text())
    const recording = await recordCalls(app, 1)
    ms = 2500
    const run = await replay(recording, { app })
    expect(String(run)).toBe('as recorded: 4 commands')
  }, 30_000)

  it('goes on, and says what is waited for, where that takes longer than realWork', async () => {
    let ms = 10
    const app = lookUp(async () => (await fetch(`${url}/${ms}`)).text())
    const recording = await recordCalls(app, 1)
    ms = 10_000
    const start = performance.now()
    const run = await replay(recording, { app, realWork: 500 })
    expect(performance.now() - start).toBeLessThan(5000)
    expect(run.ok).toBe(false)
    expect(String(run)).toMatch(
      /- setVar|- api uuid_setvar[^]*app LookUp: its function for CHANNEL_PARK of session \S+ has waited for \d+\.\d s of real time/,
    )
  }, 30_000)

  it('ends, and says what is waited for, where that never comes', async () => {
    const recording = await recordCalls(
      lookUp(() => Promise.resolve()),
      1,
    )
    const start = performance.now()
    const run = await replay(recording, { app: lookUp(() => new Promise(() => undefined)) })
    expect(performance.now() - start).toBeLessThan(8000)
    expect(run.stuck).toEqual([
      expect.stringMatching(/^app LookUp: its function for CHANNEL_PARK of session/),
    ])
    expect(String(run)).toContain(run.stuck[0])
  }, 30_000)

  it('is given its events where one function waits for another', async () => {
    let answered = (): void => undefined
    const answer = new Promise<void>((resolve) => (answered = resolve))
    const app: ClientApp = {
      name: 'Two',
      on: {
        async CHANNEL_PARK(sess) {
          void sess.answer()
          await answer
          await sess.hangup('USER_BUSY')
        },
        CHANNEL_ANSWER: () => answered(),
      },
    }
    const run = await replay(await recordCalls(app, 1), { app })
    expect(String(run)).toBe('as recorded: 2 commands')
  }, 30_000)
})

describe('a scripted call', () => {
  it.each(Object.entries(WORK))(
    'stands still while its flow waits for %s',
    async (_, work) => {
      const t = await testSession(lookUp(work))
      await t.expect('answer')
      const prompt = await t.expectRunning('playback')
      const set = await t.expect('setVar')
      expect(set.t).toBeLessThan(100)
      prompt.complete()
      t.dtmf('1')
      const end = await t.expect('hangup', 'NORMAL_CLEARING')
      expect(end.t).toBeLessThan(200)
      await t.end()
    },
    30_000,
  )

  it('fires no timer, and runs to its end, while its flow waits for a server', async () => {
    const fired: number[] = []
    const app = lookUp(WORK['a server that takes 300 ms'] as never)
    const t = await testSession(app)
    t.clock.setTimeout(() => fired.push(t.clock.now()), 10)
    await t.expect('answer')
    await t.expectRunning('playback')
    await t.expect('setVar')
    expect(fired).toEqual([])
    await t.run()
    expect(t.commands.map(String).at(-1)).toBe('uuid_kill NO_USER_RESPONSE')
    await t.end()
  }, 30_000)

  it('says what is waited for where that never comes, in bounded time', async () => {
    const t = await testSession(lookUp(() => new Promise(() => undefined)))
    await t.expect('answer')
    await t.expectRunning('playback')
    const start = performance.now()
    await expect(t.expect('setVar')).rejects.toThrow(
      /nothing more came within 60000 ms\napp LookUp: its function for CHANNEL_PARK of session leg-1 has waited for \d+\.\d s of real time/,
    )
    expect(performance.now() - start).toBeLessThan(8000)
    await expect(t.end()).resolves.toBeUndefined()
  }, 30_000)

  it('refuses a realWork that is no time', async () => {
    await expect(
      testSession(
        lookUp(() => Promise.resolve()),
        { realWork: NaN },
      ),
    ).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
    })
  })
})
