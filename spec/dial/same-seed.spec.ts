import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { exponential } from '../../lib/dial/hold.ts'
import { createOriginator } from '../../lib/dial/originator.ts'
import { poisson } from '../../lib/dial/traffic/traffic.ts'
import { CDR_COLUMNS } from '../../lib/measure/cdr/cdr.ts'
import { createWriter } from '../../lib/measure/store/format.ts'
import { connect } from '../../lib/service/connect.ts'
import { farEnd } from '../../lib/sim/far-end/script.ts'
import type { Connect } from '../../lib/link/transport.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'

/** Listens in on what comes from the switch. */
const hearing =
  (connecting: Connect, hear: (chunk: Buffer) => void): Connect =>
  ({ close, data }) =>
    connecting({
      close,
      data(chunk) {
        hear(chunk)
        data(chunk)
      },
    })

/** People outside: most answer, some are busy, some ring out. */
const PEOPLE = farEnd({
  weights: {
    6: { ring: '200ms', answer: { exponential: '4s' }, hangup: { lognormal: ['8s', 1] } },
    2: { ring: '1s', busy: '2s' },
    1: { ring: { uniform: ['100ms', '1s'] } },
  },
})

const DESTINATIONS = ['park@127.0.0.1:5080', 'crowd@192.0.2.9:5060']
const CALLS = 120

interface Run {
  /** The CDR file, as it would be written. */
  readonly file: string
  readonly causes: ReadonlySet<string>
  /** Everything that the switch has sent. */
  readonly wire: string
  /** What is left: channels, sessions, jobs, timers. */
  readonly left: readonly number[]
}

/** Three minutes of calls, both ends in virtual time. */
const run = async (seed: number): Promise<Run> => {
  const clock = virtualClock()
  const sw = await simulate({ clock, transport: 'memory', seed, calledParty: PEOPLE })
  const wire = createHash('sha256')
  const heard = hearing(sw.connect, (chunk) => wire.update(chunk))
  const client = await clock.run(connect({ ...sw, connect: heard }, { clock, seed }))
  const { head, write } = createWriter('csv', CDR_COLUMNS)
  const causes = new Set<string>()
  let file = head
  const originator = await clock.run(
    createOriginator([client], {
      app: tonePlay(),
      dest: '{to}',
      fields: (n) => ({ to: DESTINATIONS[n % 2] ?? '' }),
      timeout: 20_000,
      rate: 0.7,
      traffic: poisson(),
      maxOffered: CALLS,
      duration: exponential(5000),
      seed,
      onCdr(cdr) {
        file += write({ ...cdr })
        causes.add(cdr.hangup_cause)
      },
    }),
  )
  originator.start()
  await clock.run(originator.ended)
  const left = [sw.channels(), client.countSessions(), client.countCalls(), client.countJobs()]
  await clock.run(originator.close())
  await clock.run(client.close())
  await clock.run(sw.close())
  await clock.run()
  return { file, causes, wire: wire.digest('hex'), left: [...left, clock.pending] }
}

describe('a run in virtual time', () => {
  test('is the same again with the same seed, byte for byte, and another one with another', async () => {
    const first = await run(1)
    expect(first.file.split('\n')).toHaveLength(CALLS + 2)
    expect([...first.causes].sort()).toEqual(['NORMAL_CLEARING', 'NO_ANSWER', 'USER_BUSY'])
    expect(first.left).toEqual([0, 0, 0, 0, 0])
    const again = await run(1)
    expect(again.file).toBe(first.file)
    expect(again.wire).toBe(first.wire)
    const other = await run(2)
    expect(other.file).not.toBe(first.file)
    expect(other.wire).not.toBe(first.wire)
  }, 60_000)
})
