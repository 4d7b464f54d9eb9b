import { expect } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { sleep, systemClock } from '../../lib/clock.ts'
import { createOriginator } from '../../lib/dial/originator.ts'
import { connect } from '../../lib/service/connect.ts'
import { channels, control, controlled, describeLive, LIVE, PASSWORD } from './on-real-switch.ts'

const wait = (ms: number): Promise<void> => sleep(systemClock, ms)

describeLive('a run on a switch that stands still while its calls are placed', () => {
  controlled(
    'leaves no call: those that come up afterwards are hung up',
    { timeout: 60_000 },
    async (context) => {
      if ((await channels()) > 0) context.skip('others have calls on the switch')
      await using client = await connect(LIVE, { password: PASSWORD, commandTimeout: 2000 })
      const load = { rate: 20, maxOffered: 40, duration: 0 }
      await using run = await createOriginator([client], { app: () => tonePlay(), ...load })
      await control('pause')
      try {
        run.start()
        await wait(4500)
        expect(run.progress()).toMatchObject({ launched: 40, failed: 40, active: 40 })
      } finally {
        await control('continue')
      }
      await run.ended
      const { causes, answered, warnings } = run.summary()
      expect([causes, answered]).toEqual([{ TIMEOUT: 40 }, 0])
      expect(warnings.at(-1)).toMatch(/placed \d+ calls after they were given up/)
      await wait(1500)
      expect(await channels()).toBe(0)
    },
  )
})
