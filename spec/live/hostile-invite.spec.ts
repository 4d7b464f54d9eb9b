import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, type TestContext } from 'vitest'
import { bridge, route, router } from '../../lib/index.ts'
import { bridger, proxier } from '../../lib/apps/index.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { invite } from './invite.ts'
import { describeLive, onRealSwitch } from './on-real-switch.ts'

/** A shell command that a call got through would leave this file. */
const CANARY = join(tmpdir(), 'switchix-hostile-invite')
const touch = `touch%20${CANARY.replaceAll('/', '%2F')}`

/** User parts that mean something to FreeSWITCH once it has decoded them. */
const HOSTILE = [
  `loopback%2Fapp%3Dsystem%3A${touch}`,
  `loopback/app=system%3A${touch}`,
  'loopback%2Fanswer%2Fcapture',
  'sofia%2Fgateway%2Fgw1%2F00900123',
  'sofia/gateway/gw1/00900123',
  'user%2F1000',
  'error%2FUSER_BUSY',
  'answer%40127.0.0.1%3A5090%2Cx',
  'a%2Csofia%2Fgateway%2Fgw1%2Fb',
  'a%7Csofia%2Fgateway%2Fgw1%2Fb',
  'a%3A_%3Asofia%2Fgateway%2Fgw1%2Fb',
  'answer%3Bfs_path%3Dsip%3A127.0.0.1%3A5090',
  'answer;fs_path=sip:127.0.0.1:5090',
  `%7Bexecute_on_originate%3Dsystem%3A${touch}%7Danswer`,
  `%5Bexecute_on_originate%3Dsystem%3A${touch}%5Danswer`,
  `%3Cexecute_on_originate%3Dsystem%3A${touch}%3Eanswer`,
  '%25%5Ba%3Db%5Danswer',
  `%24%7Bsystem%20${touch}%7D`,
  `%24%7Bapi(system%20${touch})%7D`,
  'answer%5E00900',
  'a%20b',
  "it's",
  '-bleg',
]

const apps = (): Readonly<Record<string, () => ClientApp>> => ({
  Proxier: () => proxier(),
  Bridger: () => bridger(),
  Router: () =>
    router([
      route(/^(.*)$/, bridge, { gateway: 'gw1', dest: '$1', continueOnFail: true }),
      route(/^(?<number>.*)$/, bridge, { dest: '$<number>@127.0.0.1:5090', profile: 'external' }),
    ]),
})

describeLive('a hostile INVITE reaches no application and no gateway', () => {
  for (const [name, make] of Object.entries(apps()))
    it(`of a switch that ${name} serves`, { timeout: 120_000 }, (context: TestContext) =>
      onRealSwitch(context, async ({ client, failures, profile }) => {
        const external = await profile('external')
        const capture = await profile('capture')
        const gateway = async (): Promise<string | undefined> =>
          /^CallsOUT\s*(\d+)/m.exec(await client.api('sofia status gateway gw1'))?.[1]
        await client.load(make(), { id: 'external', header: 'variable_sofia_profile_name' })
        rmSync(CANARY, { force: true })
        const before = await gateway()
        const dialled: string[] = []
        const executed: string[] = []
        await client.load({
          name: 'Watch',
          handle: {
            CHANNEL_CREATE(event) {
              if (event.get('Call-Direction') === 'outbound') dialled.push(event.get('Channel-Name'))
            },
            CHANNEL_EXECUTE: (event) => void executed.push(event.get('Application')),
          },
        })

        // It does serve: a call for somebody at the other profile gets there.
        expect(await invite(external, `sip:busy@${capture}`)).toBe(486)
        expect(dialled.splice(0).length).toBeGreaterThan(0)
        const served = await gateway()

        for (const user of HOSTILE) {
          const status = await invite(external, `sip:${user}@${capture}`)
          expect([user, status >= 400]).toEqual([user, true])
          expect([user, dialled.splice(0)]).toEqual([user, []])
        }
        expect(new Set(executed)).not.toContain('system')
        expect([existsSync(CANARY), await gateway(), failures]).toEqual([false, served, []])
        expect(name === 'Router' || served === before).toBe(true)
      }),
    )
})
