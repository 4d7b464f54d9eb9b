import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../../lib/sim/simulate.ts'
import { DIAL, hear } from './wait.ts'

/** What is used of modesl, which has no types. */
interface EslEvent {
  getHeader(name: string): string | undefined
  getBody(): string
}
interface EslConnection {
  on(event: string, handler: (event: EslEvent) => void): void
  events(format: string, names: string, done: (reply: EslEvent) => void): void
  api(command: string, args: string, done: (reply: EslEvent) => void): void
  bgapi(command: string, args: string, done: (job: EslEvent) => void): void
  execute(app: string, arg: string, uuid: string, done: (complete: EslEvent) => void): void
  disconnect(): void
}
interface Modesl {
  Connection: new (host: string, port: number, password: string, ready: () => void) => EslConnection
}

const modesl = createRequire(import.meta.url)('modesl') as Modesl

const reply = (ask: (done: (event: EslEvent) => void) => void): Promise<EslEvent> =>
  new Promise((resolve) => ask(resolve))

describe('modesl', () => {
  it.each(['plain', 'json', 'xml'])('drives a call, with events in %s', async (format) => {
    await using sw = await simulate({ seed: 1, sounds: { 'short.wav': 60 } })
    let connection: EslConnection | undefined
    await new Promise<void>((resolve) => {
      connection = new modesl.Connection(sw.host, sw.port, sw.password, resolve)
    })
    const client = connection as unknown as EslConnection
    const events = hear<EslEvent>()
    client.on('esl::event::**', (event) => events.push(event))
    const named = (name: string, uuid: string): Promise<EslEvent> =>
      events.first((event) => event.getHeader('Event-Name') === name && event.getHeader('Unique-ID') === uuid)

    const subscribed = await reply((done) => client.events(format, 'all', done))
    expect(subscribed.getHeader('Reply-Text')).toBe(`+OK event listener enabled ${format}`)
    const version = await reply((done) => client.api('version', 'short', done))
    expect(version.getBody().trim()).toBe('1.10.12')

    const [command = '', ...args] = DIAL.split(' ')
    const job = reply((done) => client.bgapi(command, args.join(' '), done))
    const parked = await events.first(
      (event) =>
        event.getHeader('Event-Name') === 'CHANNEL_PARK' && event.getHeader('Call-Direction') === 'inbound',
    )
    const called = parked.getHeader('Unique-ID') ?? ''
    await reply((done) => client.execute('answer', '', called, done))
    // Of an event in XML modesl reads the headers only.
    expect((await job).getBody().trim()).toBe(format === 'xml' ? '' : '+OK from-client')
    await named('CHANNEL_PARK', 'from-client')
    const played = await reply((done) => client.execute('playback', 'short.wav', called, done))
    // In XML a switch leaves values encoded (g2), and modesl too.
    expect(decodeURIComponent(played.getHeader('Application-Response') ?? '')).toBe('FILE PLAYED')
    const bye = reply((done) => client.api('uuid_kill', `${called} USER_BUSY`, done))
    const hungUp = await named('CHANNEL_HANGUP_COMPLETE', 'from-client')
    expect(hungUp.getHeader('Answer-State')).toBe('hangup')
    await bye
    expect(sw.channels()).toBe(0)
    client.disconnect()
  })
})
