import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { onSwitch, type Client } from './on-switch.ts'

/** A parked call; gives what runs an application on it, and waits for its end. */
const parked = async (client: Client): Promise<(app: string, arg?: string) => Promise<string>> => {
  await client.send('bgapi originate {origination_uuid=a}sofia/external/answer@127.0.0.5:5090 &park()')
  await client.clock.advance(60)
  return async (app, arg) => {
    const head = `sendmsg a\ncall-command: execute\nexecute-app-name: ${app}`
    const reply = await client.send(arg === undefined ? head : `${head}\nexecute-app-arg: ${arg}`)
    await client.clock.advance(40)
    return reply
  }
}

const namesOfLast = (client: Client, name: string): string[] =>
  client
    .wire()
    .events.filter((event) => event.name === name)
    .at(-1)
    ?.headers.map(([header]) => header) ?? []

describe('the application event', () => {
  it('fires an event of the channel: subclass first, its other headers before those of the channel', () =>
    onSwitch(async (client) => {
      const run = await parked(client)
      await run('event', 'Event-Name=CUSTOM,Event-Subclass=my::ev,x=1')
      const text = client.text()
      const from = text.lastIndexOf('Event-Subclass: my%3A%3Aev\nCore-UUID: ')
      expect(from).toBeGreaterThan(0)
      expect(text.slice(from)).toMatch(/\nEvent-Sequence: \d+\nEvent-Name: CUSTOM\nx: 1\nChannel-State: /)
      expect(text.slice(from)).toMatch(/\nvariable_current_application: event\n/)
    }, LIKE_RECORDED))

  it('is CHANNEL_APPLICATION where it is given no name, and reaches only who asked for it', () =>
    onSwitch(async (client) => {
      const run = await parked(client)
      await run('event', 'x=1')
      expect(namesOfLast(client, 'CHANNEL_APPLICATION')).toContain('x')
      await client.send('noevents')
      await client.send('event plain CUSTOM other::ev')
      const before = client.wire().events.length
      await run('event', 'Event-Name=CUSTOM,Event-Subclass=my::ev,x=1')
      expect(client.wire().events).toHaveLength(before)
      await run('event', 'Event-Name=CUSTOM,Event-Subclass=other::ev,x=1')
      expect(client.wire().events).toHaveLength(before + 1)
    }, LIKE_RECORDED))
})

describe('applications that note something', () => {
  it('push and unshift make arrays of variables', () =>
    onSwitch(async (client) => {
      const run = await parked(client)
      await run('push', 'q=1')
      expect(await client.send('api uuid_getvar a q')).toBe('1')
      await run('push', 'q=2')
      await run('unshift', 'q=0')
      expect(await client.send('api uuid_getvar a q')).toBe('ARRAY::0|:1|:2')
    }, LIKE_RECORDED))

  it('hash and set_global write where the api commands read', () =>
    onSwitch(async (client) => {
      const run = await parked(client)
      await run('hash', 'insert/r/k/v')
      await run('set', 'z=${hash(select/r/k)}')
      expect(await client.send('api uuid_getvar a z')).toBe('v')
      await run('set_global', 'gg=1')
      expect(await client.send('api global_getvar gg')).toBe('1')
    }, LIKE_RECORDED))

  it('set_profile_var and privacy change what the events say of the caller', () =>
    onSwitch(async (client) => {
      const run = await parked(client)
      await run('set_profile_var', 'caller_id_name=Bob')
      await run('privacy', 'full')
      await run('eval', '${uuid}')
      const last = client
        .wire()
        .events.filter(({ name }) => name === 'CHANNEL_EXECUTE')
        .at(-1)
      const value = (name: string): string | undefined => last?.headers.find(([one]) => one === name)?.[1]
      expect(value('Caller-Caller-ID-Name')).toBe('Bob')
      expect(value('Caller-Privacy-Hide-Number')).toBe('true')
      expect(value('Application-Data')).toBe('a')
      await run('privacy', 'no')
      expect(client.text()).toMatch(/Caller-Privacy-Hide-Number: false\n[^]*Application: privacy/)
    }, LIKE_RECORDED))

  it('verbose_events has every event of the channel carry its variables', () =>
    onSwitch(async (client) => {
      const run = await parked(client)
      expect(namesOfLast(client, 'CHANNEL_STATE').join()).not.toContain('variable_')
      await run('verbose_events')
      await client.send('api uuid_kill a')
      await client.clock.advance(60)
      const states = client.wire().events.filter(({ leg, name }) => leg === 'A' && name === 'CHANNEL_STATE')
      expect(states.at(-1)?.headers.map(([name]) => name)).toContain('variable_uuid')
    }, LIKE_RECORDED))

  it('sched_cancel takes back what is scheduled for the channel', () =>
    onSwitch(async (client) => {
      const run = await parked(client)
      await run('sched_hangup', '+2')
      await run('sched_cancel')
      await client.clock.advance(4000)
      expect(await client.send('api uuid_exists a')).toBe('true')
    }, LIKE_RECORDED))

  it('log and info write into the log', () =>
    onSwitch(async (client) => {
      const run = await parked(client)
      await client.send('log 7')
      await run('log', 'notice hello world')
      await run('info')
      expect(client.text()).toMatch(/\[NOTICE\] mod_dptools\.c:1865 hello world\n/)
      expect(client.text()).toMatch(
        /\[INFO\] mod_dptools\.c:1884 CHANNEL_DATA:\nChannel-State: \[CS_EXECUTE\]\n/,
      )
    }, LIKE_RECORDED))

  it('park_timeout is counted in whole seconds of the clock', () =>
    onSwitch(async (client) => {
      const run = await parked(client)
      await run('set', 'park_timeout=1:USER_BUSY')
      await client.clock.advance(1000 - (client.clock.now() % 1000) - 100)
      await client.send('api uuid_transfer a park XML switchio')
      await client.clock.advance(60)
      expect(await client.send('api uuid_exists a')).toBe('true')
      await client.clock.advance(150)
      expect(client.text()).toMatch(/Hangup-Cause: USER_BUSY/)
    }, LIKE_RECORDED))
})
