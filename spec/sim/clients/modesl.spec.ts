import { describe, expect, it } from 'vitest'
import { simulate } from '../../../lib/sim/simulate.ts'
import { openModesl, reply, type EslEvent } from './modesl.ts'
import { DIAL, hear } from './wait.ts'

describe('modesl', () => {
  it.each(['plain', 'json', 'xml'])('drives a call, with events in %s', async (format) => {
    await using sw = await simulate({ seed: 1, sounds: { 'short.wav': 60 } })
    const client = await openModesl(sw.host, sw.port, sw.password)
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
