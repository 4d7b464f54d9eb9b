import { describe, expect, it } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { withOneSession } from '../model/one-session.ts'
import { jobEvent, jobUuidOf, refusing } from '../service/on-scripted-switch.ts'
import { outcomeOf } from '../testing/promises.ts'

type At = Parameters<Parameters<typeof withOneSession>[0]>[0]

/** How waits end late, each in the function whose name its error must show. */
const LATE: Readonly<Record<string, [wait: (at: At) => Promise<unknown>, end: (at: At) => unknown]>> = {
  'recv, by the end of the session': [({ sess }) => sess.recv('DTMF'), ({ end }) => end()],
  'recv, by its timeout': [
    ({ sess }) => sess.recv('DTMF', { timeout: 100 }),
    ({ clock }) => clock.advance(200),
  ],
  'sleep, by the loss of the switch': [({ sess }) => sess.sleep(60_000), ({ peer }) => peer.destroy()],
  'a verb, by the end of the session': [({ sess }) => sess.answer(), ({ end }) => end()],
  'bridge, by the end of the session': [
    ({ sess }) => sess.bridge({ gateway: 'trunk', dest: '100' }),
    ({ end }) => end(),
  ],
  'an api, by the loss of the switch': [({ client }) => client.api('status'), ({ peer }) => peer.destroy()],
  'originate, by its job': [
    ({ client }) => client.originate('x@y'),
    ({ say, commands }) =>
      say(jobEvent(jobUuidOf(commands.findLast((c) => c.startsWith('bgapi'))), '-ERR USER_BUSY\n')),
  ],
  'several at once': [
    ({ sess }) => Promise.all([sess.recv('DTMF'), sess.recv('CHANNEL_PARK')]),
    ({ end }) => end(),
  ],
}

describe('an error that comes later', () => {
  it.each(Object.entries(LATE))('shows who waited: %s', (_, [wait, end]) =>
    withOneSession(
      async (at) => {
        const helper = async (): Promise<unknown> => {
          const value = await wait(at)
          return value
        }
        const theFlowThatWaited = async (): Promise<void> => {
          await helper()
        }
        const error = outcomeOf(theFlowThatWaited())
        await at.say()
        await end(at)
        await at.say()
        const { stack, message } = (await error) as Error
        expect(stack).toContain(message)
        expect(stack).toMatch(/at (async )?helper .*rejection\.spec\.ts:\d+/)
        expect(stack).toMatch(/at (async )?theFlowThatWaited .*rejection\.spec\.ts:\d+/)
      },
      { answer: (command) => (/api status|sendmsg|bgapi/.test(command) ? '' : undefined) },
    ),
  )

  it('of a command that was refused shows who waited', () =>
    withOneSession(
      async ({ sess }) => {
        const theFlowThatWaited = async (): Promise<void> => {
          await sess.answer()
        }
        const { stack } = (await outcomeOf(theFlowThatWaited())) as Error
        expect(stack).toMatch(/^CommandError: .*\n +at (async )?theFlowThatWaited .*rejection\.spec\.ts/)
      },
      { answer: refusing },
    ))

  it('keeps the stack of what a test of the user threw', () =>
    withOneSession(async ({ sess, happen }) => {
      const brokenTest = (): boolean => {
        throw new Error('mine')
      }
      const wait = (async () => sess.recv((event) => event.name === 'DTMF' && brokenTest()))()
      const error = outcomeOf(wait)
      await happen('DTMF')
      expect(((await error) as Error).stack).toContain('brokenTest')
    }))
})

describe('the loss of a connection', () => {
  it('says what was awaited, wait by wait', () =>
    withOneSession(async ({ client, sess, peer, say, happen }) => {
      const errors: unknown[] = []
      const app: ClientApp = {
        name: 'Waiting',
        on: { CHANNEL_PARK: async (own) => void errors.push(await outcomeOf(own.recv('DTMF'))) },
      }
      await client.load(app)
      await happen('CHANNEL_PARK')
      const waits = [sess.recv('CHANNEL_BRIDGE'), sess.sleep(5000)]
      const results = Promise.all(waits.map(outcomeOf))
      peer.destroy()
      await say()
      const texts = [...errors, ...(await results)].map((error) => (error as Error).message)
      expect(texts).toEqual(
        ['DTMF', 'CHANNEL_BRIDGE', '5000 ms were over'].map(
          (what) => `${what}: the connection to memory is closed`,
        ),
      )
    }))
})
