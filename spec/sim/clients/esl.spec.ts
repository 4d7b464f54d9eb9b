import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../../lib/sim/simulate.ts'
import { DIAL, hear, SILENT } from './wait.ts'

/** What is used of esl. */
interface Reply {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, string>>
}
interface Call {
  on(event: string, handler: (event: Reply) => void): void
  api(command: string): Promise<{ body: string }>
  bgapi(command: string, timeout?: number): Promise<Reply>
  event_json(...names: string[]): Promise<Reply>
  filter(header: string, value: string): Promise<Reply>
  command_uuid(uuid: string, app: string, arg: string, timeout?: number): Promise<Reply>
  hangup_uuid(uuid: string, cause: string): Promise<Reply>
  exit(): Promise<unknown>
}
interface Client {
  on(event: 'connect', handler: (call: Call) => void): void
  connect(): void
  end(): void
}
interface Esl {
  FreeSwitchClient: new (options: object) => Client
}

const { FreeSwitchClient } = createRequire(import.meta.url)('esl') as Esl

describe('esl', () => {
  it('drives a call', async () => {
    await using sw = await simulate({ seed: 1, sounds: { 'short.wav': 60 } })
    const client = new FreeSwitchClient({
      host: sw.host,
      port: sw.port,
      password: sw.password,
      logger: SILENT,
    })
    const connected = new Promise<Call>((resolve) => client.on('connect', resolve))
    client.connect()
    const call = await connected
    const events = hear<Reply>()
    const names = [
      'CHANNEL_PARK',
      'CHANNEL_ANSWER',
      'CHANNEL_HANGUP_COMPLETE',
      'CHANNEL_EXECUTE_COMPLETE',
      'BACKGROUND_JOB',
    ]
    for (const name of names) call.on(name, (event) => events.push(event))
    await call.event_json(...names)
    expect((await call.api('version short')).body.trim()).toBe('1.10.12')

    const job = call.bgapi(DIAL, 5000)
    const parked = await events.first(
      ({ body }) => body['Event-Name'] === 'CHANNEL_PARK' && body['Call-Direction'] === 'inbound',
    )
    const called = parked.body['Unique-ID'] ?? ''
    await call.command_uuid(called, 'answer', '', 2000)
    expect((await job).body['_body']?.trim()).toBe('+OK from-client')
    const played = await call.command_uuid(called, 'playback', 'short.wav', 2000)
    expect(played.body['Application-Response']).toBe('FILE PLAYED')
    await call.hangup_uuid(called, 'USER_BUSY')
    const hungUp = await events.first(
      ({ body }) => body['Event-Name'] === 'CHANNEL_HANGUP_COMPLETE' && body['Unique-ID'] === 'from-client',
    )
    expect(hungUp.body['Hangup-Cause']).toBe('USER_BUSY')
    expect(sw.channels()).toBe(0)
    await call.exit()
    client.end()
  })
})
