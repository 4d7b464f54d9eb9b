import { describe, expect, it } from 'vitest'
import { createMeasure } from '../../lib/app/measure.ts'
import { channelEvent, onScriptedSwitch } from '../service/on-scripted-switch.ts'
import { unhandledDuring } from '../testing/promises.ts'

const FAILING: Readonly<Record<string, () => unknown>> = {
  throws: () => {
    throw new Error('callback')
  },
  rejects: () => Promise.reject(new Error('callback')),
}

describe.each(Object.entries(FAILING))('a callback that %s', (_, fail) => {
  it('stops nothing and ends no process: onAppError, onCallEnd, onState, rows of a measure', async () => {
    const ended: string[] = []
    const unhandled = await unhandledDuring(() =>
      onScriptedSwitch(
        async ({ client, say }) => {
          const { measure, append } = createMeasure({ n: 'number' })
          measure.onRow(fail)
          client.onCallEnd(fail)
          client.onCallEnd(({ first }) => void ended.push(first.uuid))
          client.onState(fail)
          await client.load({
            name: 'Bad',
            measure,
            handle: { CHANNEL_CREATE: fail },
            on: { CHANNEL_CREATE: fail, CHANNEL_DESTROY: () => append({ n: 1 }) },
            flow: () => fail() as Promise<unknown>,
          })
          await say(channelEvent('CHANNEL_CREATE', 'A'), channelEvent('CHANNEL_DESTROY', 'A'))
          // Three functions of the app, onCallEnd, and each time onAppError, too.
          expect(client.counts.appFailures).toBe(8)
        },
        { onAppError: fail },
      ),
    )
    expect([unhandled, ended]).toEqual([[], ['A']])
  })
})
