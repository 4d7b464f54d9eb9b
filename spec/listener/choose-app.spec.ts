import { describe, expect, it } from 'vitest'
import { channelEvent, onScriptedSwitch } from '../service/on-scripted-switch.ts'

const created = (uuid = 'A', headers?: Record<string, string>) =>
  channelEvent('CHANNEL_CREATE', uuid, headers)
const parked = (uuid = 'A', headers?: Record<string, string>) => channelEvent('CHANNEL_PARK', uuid, headers)
describe('the app of a session', () => {
  const chosen = (headers: Record<string, string>, atPark: Record<string, string> = {}, header?: string) =>
    new Promise<string[]>((resolve, reject) => {
      const seen: string[] = []
      onScriptedSwitch(async ({ client, say }) => {
        for (const id of ['one', 'two', 'default'])
          await client.load(
            { name: 'Noting', on: { CHANNEL_PARK: ({ appId }) => void seen.push(`${id} ${appId}`) } },
            { id, ...(header === undefined ? {} : { header }) },
          )
        await say(created('A', headers), parked('A', { ...headers, ...atPark }))
      }).then(() => resolve(seen), reject)
    })

  it('is chosen by the variable switchix_app', async () => {
    expect(await chosen({ variable_switchix_app: 'two' })).toEqual(['two two'])
  })

  it('is not chosen by the SIP header that originate sends, for anybody can send it', async () => {
    expect(await chosen({ 'variable_sip_h_X-Switchix-App': 'one' })).toEqual(['default default'])
  })

  it('is chosen by any header that it was loaded with', async () => {
    expect(await chosen({ 'Caller-Destination-Number': 'two' }, {}, 'Caller-Destination-Number')).toEqual([
      'two two',
    ])
  })

  it('is the default where nothing is said, or an app that is not there', async () => {
    expect(await chosen({})).toEqual(['default default'])
    expect(await chosen({ variable_switchix_app: 'three' })).toEqual(['default default'])
  })

  it('can still be chosen by the dialplan before it parks, but does not change after that', async () => {
    expect(await chosen({}, { variable_switchix_app: 'one' })).toEqual(['one one'])
    const both = await chosen({ variable_switchix_app: 'one' }, { variable_switchix_app: 'two' })
    expect(both).toEqual(['one one'])
  })
})
