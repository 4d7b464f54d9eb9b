import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../../lib/sim/simulate.ts'
import { DIAL, hear, SILENT } from './wait.ts'

/** What is used of esl-lite; its methods resolve with an Error instead of rejecting. */
interface Message {
  readonly body: { readonly data: Readonly<Record<string, string>> }
}
interface Client {
  on(event: string, handler: (message: Message) => void): void
  bgapi(command: string, timeout: number): Promise<Message | Error>
  command_uuid(uuid: string, app: string, arg: string, timeout: number): Promise<Message | Error>
  hangup_uuid(uuid: string, cause: string, timeout: number): Promise<Message | Error>
  end(): void
}
interface EslLite {
  FreeSwitchClient: new (options: object) => Client
}

const { FreeSwitchClient } = createRequire(import.meta.url)('esl-lite') as EslLite

const dataOf = (message: Message | Error): Readonly<Record<string, string>> => {
  if (message instanceof Error) throw message
  return message.body.data
}

describe('esl-lite', () => {
  it('drives a call', async () => {
    await using sw = await simulate({ seed: 1, sounds: { 'short.wav': 60 } })
    const client = new FreeSwitchClient({
      host: sw.host,
      port: sw.port,
      password: sw.password,
      logger: SILENT,
    })
    const events = hear<Message>()
    for (const name of ['CHANNEL_PARK', 'CHANNEL_ANSWER', 'CHANNEL_HANGUP_COMPLETE'])
      client.on(name, (message) => events.push(message))
    const version = dataOf(await client.bgapi('version short', 2000))
    expect(JSON.stringify(version)).toContain('1.10.12')

    const job = client.bgapi(DIAL, 5000)
    const parked = await events.first(
      ({ body: { data } }) => data['Event-Name'] === 'CHANNEL_PARK' && data['Call-Direction'] === 'inbound',
    )
    const called = parked.body.data['Unique-ID'] ?? ''
    dataOf(await client.command_uuid(called, 'answer', '', 2000))
    expect(JSON.stringify(dataOf(await job))).toContain('+OK from-client')
    const played = dataOf(await client.command_uuid(called, 'playback', 'short.wav', 2000))
    expect(played['Application-Response']).toBe('FILE PLAYED')
    await client.hangup_uuid(called, 'USER_BUSY', 2000)
    const hungUp = await events.first(
      ({ body: { data } }) =>
        data['Event-Name'] === 'CHANNEL_HANGUP_COMPLETE' && data['Unique-ID'] === 'from-client',
    )
    expect(hungUp.body.data['Hangup-Cause']).toBe('USER_BUSY')
    expect(sw.channels()).toBe(0)
    client.end()
  })
})
