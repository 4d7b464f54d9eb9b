import { randomUUID } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, type TestContext } from 'vitest'
import type { CallRecordings } from '../../lib/apps/clip-options.ts'
import { playRec, type PlayRecOptions } from '../../lib/apps/play-rec.ts'
import { writeWave } from '../../lib/wave/write.ts'
import { scale, speech } from '../measure/audio/sounds.ts'
import { describeLive, onRealSwitch } from './on-real-switch.ts'

/** A busy switch plays late and leaves packets out: that is what is measured, and no matter here. */
const LAX = { maxDropOutPercent: 100, minMos: 1 }

/** Places a call that plays this sound, and gives what was found of it; only where the switch is on this machine. */
const judge = async (
  context: TestContext,
  sound: Int16Array,
  options: PlayRecOptions,
): Promise<CallRecordings[]> => {
  const clip = join(tmpdir(), `switchix-${randomUUID()}.wav`)
  const recorded: CallRecordings[] = []
  try {
    writeFileSync(clip, writeWave([sound]))
    await onRealSwitch(context, async ({ client, call, failures }) => {
      const directory = (await client.api('global_getvar recordings_dir')).trim()
      context.skip(!existsSync(directory), 'SKIPPED, for the recordings of the switch cannot be read here')
      const id = `switchix-${randomUUID()}`
      const app = playRec({ clip, verdict: true, onRecorded: (each) => recorded.push(each), ...options })
      await client.load(app, { id })
      const { caller } = await call({ app: id })
      await caller.call.ended
      await app.measure?.settled?.()
      expect(failures).toEqual([])
    })
  } finally {
    rmSync(clip)
    for (const { caller, callee } of recorded)
      for (const file of [caller, callee]) if (file !== undefined) rmSync(file)
  }
  return recorded
}

describeLive('the recordings of a real switch', () => {
  it('of a good call are heard on both legs, and soon', async (context) => {
    const [recorded] = await judge(context, speech(2000), { iterations: 2, limits: LAX })
    expect(recorded?.verdict).toMatchObject({ faults: [], good: true })
    for (const leg of [recorded?.verdict?.caller, recorded?.verdict?.callee]) {
      expect(leg?.delayMs).toBeGreaterThan(-41)
      expect(leg?.delayMs).toBeLessThan(300)
      expect(leg?.mosEstimate).toBeGreaterThan(1)
    }
  })

  it('of a clip that is too loud are clipped', async (context) => {
    const [recorded] = await judge(context, scale(speech(2000), 20), { limits: LAX })
    expect(recorded?.verdict?.faults).toEqual(['clipping'])
  })

  it('of a call in which nothing is played are silent', async (context) => {
    const [recorded] = await judge(context, new Int16Array(8000), { limits: LAX })
    expect(recorded?.verdict).toMatchObject({ faults: ['silence'], caller: undefined, callee: undefined })
  })
})
