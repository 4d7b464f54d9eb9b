import { describe, expect, it } from 'vitest'
import { onSwitch, openClient } from './on-switch.ts'

const NOTICE = 'Content-Type: text/disconnect-notice\nContent-Length: 31\n\nThe system is being shut down.\n'

describe('`reload mod_event_socket`', () => {
  it.each(['api reload mod_event_socket', 'bgapi reload mod_event_socket', 'api reload -f mod_event_socket'])(
    'by `%s` is a job, ends every connection with a notice, and lets new ones in',
    (command) =>
      onSwitch(async (client) => {
        const other = await openClient(client.sim, client.clock)
        expect(await client.send(command)).toMatch(/^\+OK Job-UUID: \S{36}\n$/)
        await client.clock.advance(100)
        expect(client.text().endsWith(NOTICE)).toBe(true)
        expect(client.wire().events.map(({ name }) => name)).toContain('RELOADXML')
        expect([client.closed(), other.closed()]).toEqual([true, true])
        const again = await openClient(client.sim, client.clock)
        expect(await again.send('auth ClueCon')).toBe('+OK accepted')
      }),
  )

  it('leaves the calls alone', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate sofia/external/x@127.0.0.1:5080 &park()')
      await client.clock.advance(100)
      await client.send('api reload mod_event_socket')
      await client.clock.advance(1000)
      expect(client.sim.channels()).toBe(2)
    }))

  it('of what is no module answers as FreeSWITCH does, and of another module is refused', () =>
    onSwitch(async (client) => {
      expect(await client.send('api reload')).toBe('-USAGE: [-f] <mod_name>\n')
      expect(await client.send('api reload mod_nosuch')).toBe(
        '+OK Reloading XML\n-ERR unloading module [No such module!]\n' +
          '-ERR loading module [module load file routine returned an error]\n',
      )
      expect(await client.send('api reload mod_sofia')).toMatch(/^-ERR reload mod_sofia is not modelled/)
    }))
})
