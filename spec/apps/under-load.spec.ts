import { describe, expect, it } from 'vitest'
import type { CallRecordings } from '../../lib/apps/clip-options.ts'
import { dtmfChecker } from '../../lib/apps/dtmf-checker.ts'
import { playRec } from '../../lib/apps/play-rec.ts'
import { createOriginator } from '../../lib/dial/originator.ts'
import { onEmbeddedSwitch } from '../service/on-embedded-switch.ts'

const drain = async (progress: AsyncIterable<{ active: number }>): Promise<number> => {
  let most = 0
  for await (const { active } of progress) most = Math.max(most, active)
  return most
}

describe('apps under an originator', () => {
  it('PlayRec records one call in each period, and its calls last as long as the originator says', () => {
    const recorded: CallRecordings[] = []
    const recPeriod = 2000
    const app = playRec({ recPeriod, stereo: true, onRecorded: (each) => recorded.push(each) })
    return onEmbeddedSwitch(async ({ client, clock, failures }) => {
      const rows: { answer: number | undefined; hangup: number | undefined }[] = []
      await using originator = await createOriginator([client], {
        app,
        rate: 20,
        limit: 100,
        maxOffered: 100,
        duration: 10_000,
        clock,
        onCdr: (row) => rows.push({ answer: row.caller_answer_ms, hangup: row.caller_hangup_ms }),
      })
      expect(await drain(originator.run(500))).toBe(100)
      // 100 calls in 5 s: at 0, 2 and 4 s one is due.
      expect(recorded).toHaveLength(3)
      for (const { answer = NaN, hangup = NaN } of rows) {
        // Two clips, and for those that are recorded the rest of the 10 s.
        expect(hangup - answer).toBeGreaterThan(8400)
        expect(hangup - answer).toBeLessThan(10_500)
      }
      expect([rows.length, failures]).toEqual([100, []])
    })
  })

  it('DtmfChecker checks every call', () => {
    const app = dtmfChecker({ sequence: '1234' })
    return onEmbeddedSwitch(async ({ client, clock, failures }) => {
      await using originator = await createOriginator([client], {
        app,
        rate: 50,
        maxOffered: 100,
        duration: 4000,
        clock,
      })
      await drain(originator.run(500))
      expect([app.passed, app.failed, app.incomplete, failures]).toEqual([100, [], [], []])
    })
  })
})
