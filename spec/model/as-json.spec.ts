import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { answering, call, ITSELF, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'

describe('JSON.stringify', () => {
  it("of a session, a call, a job and a client says what is known of them, of their flows' views, too", () =>
    onEmbeddedSwitch(
      async ({ client }) => {
        const seen: string[] = []
        await client.load({ name: 'Json', on: { CHANNEL_ANSWER: (sess) => seen.push(JSON.stringify(sess)) } })
        const { caller, called } = await call(client)
        const { uuid, node, times } = caller
        const plain = JSON.parse(JSON.stringify(caller)) as unknown
        expect(plain).toMatchObject({
          uuid,
          node,
          direction: 'outbound',
          appId: 'default',
          call: caller.call.uuid,
          peer: called.uuid,
          answered: true,
          hungup: false,
          times: { create: times.create, answer: times.answer },
        })
        expect(seen).toHaveLength(2)
        expect(JSON.parse(JSON.stringify(caller.call))).toMatchObject({
          uuid: caller.call.uuid,
          sessions: [plain, { uuid: called.uuid, direction: 'inbound' }],
        })
        expect(JSON.parse(JSON.stringify(caller.job))).toMatchObject({ session: uuid, failed: false })
        expect(JSON.parse(JSON.stringify(client))).toMatchObject({ name: client.name, sessions: 2, calls: 1 })
        await caller.hangup()
      },
      { apps: [answering()] },
    ))

  it('is what is printed of a session and a call: no page of events', () =>
    onEmbeddedSwitch(
      async ({ client }) => {
        const caller = await client.originate(ITSELF)
        for (const thing of [caller, caller.call, { caller }])
          expect(inspect(thing, { depth: 5 }).length, inspect(thing)).toBeLessThan(2000)
        expect(inspect(caller)).toContain(caller.uuid)
        await caller.hangup()
      },
      { apps: [answering()] },
    ))
})
