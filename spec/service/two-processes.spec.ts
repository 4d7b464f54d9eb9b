import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../lib/service/connect.ts'
import { simulate } from '../../lib/sim/simulate.ts'

/** A program that takes calls under the id `sales` and has one up; SIGTERM ends it as `switchix serve` does. */
const program = (port: number, library: string): string => `
  import { serve } from '${library}'
  const answer = { name: 'Answer', on: { CHANNEL_PARK: (s) => (s.direction === 'inbound' ? s.answer() : undefined) } }
  const service = await serve(['127.0.0.1:${port}'], { apps: [answer], load: { id: 'sales' } })
  const call = await service.originate('park@127.0.0.1:5080', { app: 'sales' })
  process.once('SIGTERM', async () => { process.send(await service.shutDown({ grace: 0 })); process.exit(0) })
  process.send(call.uuid)
`

let dir = ''
const running: ChildProcess[] = []
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-two-'))
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(dir, { recursive: true })
})

const next = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)))
  })

test('two processes with one app id: when one is stopped, the calls of the other and one placed by hand stay up', async () => {
  await using sw = await simulate({ calledParty: () => ({ ringAfter: 10, answerAfter: 20 }) })
  const file = join(dir, 'service.mjs')
  await writeFile(file, program(sw.port, new URL('../../dist/index.js', import.meta.url).href))
  const [one, two] = [fork(file), fork(file)]
  running.push(one, two)
  const [first, second] = await Promise.all([next(one), next(two)])
  await using hand = await connect(`127.0.0.1:${sw.port}`)
  await hand.api(
    'originate {origination_uuid=byhand,sip_h_X-Switchix-App=sales,ignore_early_media=false}sofia/external/bob@192.0.2.1 &park()',
  )
  const up = async (uuid: unknown): Promise<string> => hand.api(`uuid_exists ${String(uuid)}`)
  const told = next(one)
  one.kill('SIGTERM')
  expect(await told).toBe(1)
  await expect.poll(() => up(first)).toBe('false')
  expect([await up(second), await up('byhand')]).toEqual(['true', 'true'])
})
