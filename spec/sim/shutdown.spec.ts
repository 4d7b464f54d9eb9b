import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { onSwitch, type Client } from './on-switch.ts'

const NOTICE = 'Content-Type: text/disconnect-notice\nContent-Length: 31\n\nThe system is being shut down.\n'

const call = async (client: Client): Promise<void> => {
  await client.send('bgapi originate {origination_uuid=a}sofia/external/answer@127.0.0.5:5090 &park()')
  await client.clock.advance(60)
}

const named = (client: Client, name: string): number =>
  client.wire().events.filter((event) => event.name === name).length

describe('a switch that shuts down', () => {
  it.each(['shutdown', '...', 'fsctl shutdown'])(
    'by `%s` tells of it, ends its calls, unloads, says goodbye',
    (command) =>
      onSwitch(async (client) => {
        await call(client)
        expect(await client.send(`api ${command}`)).toBe('+OK\n')
        await client.clock.advance(5000)
        const names = client.wire().events.map(({ name }) => name)
        expect(names.slice(names.indexOf('SHUTDOWN')).slice(0, 4)).toEqual([
          'SHUTDOWN',
          'CHANNEL_HANGUP',
          'CHANNEL_HANGUP',
          'MODULE_UNLOAD',
        ])
        expect(named(client, 'MODULE_UNLOAD')).toBe(251)
        expect(named(client, 'UNPUBLISH')).toBe(3)
        const hangup = client.wire().events.find(({ name }) => name === 'CHANNEL_HANGUP_COMPLETE')
        expect(hangup?.headers).toContainEqual(['Hangup-Cause', 'SYSTEM_SHUTDOWN'])
        expect(client.text().endsWith(NOTICE)).toBe(true)
        expect(client.closed()).toBe(true)
        await expect(client.sim.connect({ data: () => undefined, close: () => undefined })).rejects.toThrow(
          /shut down/,
        )
      }, LIKE_RECORDED),
  )

  it('lets no call in any more', () =>
    onSwitch(async (client) => {
      await client.send('api shutdown')
      await client.clock.advance(50)
      expect(await client.send('api originate sofia/external/answer@127.0.0.5:5090 &park()')).toBe(
        '-ERR DESTINATION_OUT_OF_ORDER\n',
      )
    }, LIKE_RECORDED))

  it.each(['asap', 'elegant'])('%s waits for the last call', (how) =>
    onSwitch(async (client) => {
      await call(client)
      await client.send(`bgapi fsctl shutdown ${how}`)
      await client.clock.advance(10_000)
      expect(named(client, 'SHUTDOWN_REQUESTED')).toBe(1)
      expect(named(client, 'SHUTDOWN')).toBe(0)
      const second = await client.send('api originate sofia/external/answer@127.0.0.5:5090 &park()')
      await client.clock.advance(100)
      expect(second.startsWith('-ERR')).toBe(how === 'asap')
      await client.send('api hupall')
      await client.clock.advance(5000)
      expect(named(client, 'SHUTDOWN')).toBe(1)
      expect(client.closed()).toBe(true)
    }, LIKE_RECORDED),
  )

  it('can be cancelled while it waits', () =>
    onSwitch(async (client) => {
      await call(client)
      await client.send('bgapi fsctl shutdown asap')
      await client.clock.advance(1000)
      expect(await client.send('api fsctl shutdown cancel')).toBe('+OK\n')
      await client.send('api hupall')
      await client.clock.advance(5000)
      expect(named(client, 'SHUTDOWN')).toBe(0)
      await call(client)
      expect(client.sim.channels()).toBe(2)
    }, LIKE_RECORDED))

  it('now goes without a word', () =>
    onSwitch(async (client) => {
      const before = client.text()
      await client.send('api fsctl shutdown now')
      expect(client.text()).toBe(before)
      expect(client.closed()).toBe(true)
    }))

  it('does not come back: restart is refused', () =>
    onSwitch(async (client) => {
      expect(await client.send('api fsctl shutdown restart')).toMatch(
        /^-ERR fsctl shutdown restart is not modelled/,
      )
      await client.clock.advance(5000)
      expect(client.closed()).toBe(false)
    }))
})
