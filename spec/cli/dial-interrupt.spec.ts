import { describe, expect, test } from 'vitest'
import { interruptDial, type DialStage } from '../../lib/cli/dial-interrupt.ts'
import type { Originator } from '../../lib/dial/originator.ts'
import { createBench } from '../dial/on-embedded-switch.ts'

/** What is said, and done, when Ctrl-C comes at that stage. */
const at = (stage: DialStage, originator?: Originator) => {
  const said: string[] = []
  let concluded = 0
  const interrupt = interruptDial({
    stage: () => stage,
    originator: () => originator,
    say: (text) => said.push(text),
    conclude() {
      concluded++
    },
  })
  return { said, interrupt, concluded: () => concluded }
}

describe('Ctrl-C while calls are placed', () => {
  test('stops, and the calls that are up go on; again, and they are hung up', async () => {
    const { clock, sw, dialer, run, close } = await createBench()
    const originator = await dialer({ rate: 10, duration: 3_600_000 })
    const running = run(originator)
    await clock.advance(1050)
    const { said, interrupt, concluded } = at('running', originator)
    interrupt.press()
    expect(originator.state).toBe('STOPPED')
    await clock.advance(60_000)
    expect([originator.progress().active, sw.channels()]).toEqual([11, 22])
    interrupt.press()
    await running
    interrupt.stop()
    expect([sw.channels(), interrupt.count, concluded()]).toEqual([0, 2, 0])
    expect(said).toEqual([expect.stringMatching(/no more calls/), expect.stringMatching(/hanging up/)])
    await close()
  })
})

describe('Ctrl-C before and after that', () => {
  test('while apps are loaded and limits raised waits until that is taken back', () => {
    const { said, interrupt, concluded } = at('preparing')
    interrupt.press()
    interrupt.stop()
    expect(said).toEqual([expect.stringMatching(/no calls; what was set up is taken down/)])
    expect(concluded()).toBe(0)
  })

  test('once the summary is written changes nothing: files are closed and limits put back', () => {
    const { said, interrupt, concluded } = at('closing')
    interrupt.press()
    interrupt.stop()
    expect([said, concluded()]).toEqual([[], 0])
  })
})
