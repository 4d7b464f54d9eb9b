import { basename, join } from 'node:path'
import { createMeasure, type Measure } from '../app/measure.ts'
import { messageOf } from '../errors.ts'
import { judgeCall, type CallVerdict, type LegSound } from '../measure/audio/judge-call.ts'
import { limitsOf, type AudioLimits } from '../measure/audio/limits.ts'
import { readSound } from '../measure/audio/read-sound.ts'
import { legOf } from '../measure/cdr/leg.ts'
import type { CallRecordings } from './clip-options.ts'
import type { RecordedCall, RecordedLeg } from './record-call.ts'
import { createVerdictFigures, rowOf, VERDICT_COLUMNS, VERDICT_FIGURES } from './verdict-rows.ts'

export interface RecordingJudgeOptions {
  readonly limits: Partial<AudioLimits>
  /** Where the folder of the recordings is seen from here; empty: at the path that it has on the switch. */
  readonly localDirectory: string
  readonly onRecorded: ((recordings: CallRecordings) => void) | undefined
}

/** Judges the recordings of calls, each once its call is over, and measures what comes out. */
export interface RecordingJudge {
  readonly measure: Measure
  judge(call: RecordedCall): void
  /** For each switch that the app is loaded on. */
  join(): void
  /** Resolves, for the last switch, when all calls are judged; those that are still up are not waited for. */
  leave(): Promise<void>
}

/**
 * What was heard and said, and the loss that FreeSWITCH counted in the RTP that came in: its flaws are gaps in the sequence
 * numbers, and what it adds for those that come in bursts (`check_jitter` and `do_mos` in `src/switch_rtp.c`). Packets that were
 * only late (`skip_packet_count`) are none.
 */
const soundOf = ({ session, path, startedAt }: RecordedLeg, localDirectory: string): LegSound => {
  const { rate, channels } = readSound(localDirectory === '' ? path : join(localDirectory, basename(path)))
  const { read_codec, rtp_in_packets: came, rtp_in_flaws: missing } = legOf(session)
  const [heard = new Int16Array(), said = new Int16Array()] = channels
  const counted = came !== undefined && missing !== undefined && came + missing > 0
  const lossPercent = counted ? (100 * missing) / (came + missing) : undefined
  return { heard, said, rate, startedAt, codec: read_codec, lossPercent }
}

export const createRecordingJudge = (options: RecordingJudgeOptions): RecordingJudge => {
  const { localDirectory, onRecorded } = options
  const limits = limitsOf(options.limits)
  const figures = createVerdictFigures()
  const running = new Set<Promise<void>>()
  let switches = 0
  let stopWaiting: () => void = () => undefined
  const left = new Promise<void>((resolve) => (stopWaiting = resolve))
  const settled = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running)
  }
  const { measure, append } = createMeasure(VERDICT_COLUMNS, {
    metrics: figures.metrics,
    figures: VERDICT_FIGURES,
    settled,
  })

  const verdictOf = ({ caller, callee }: RecordedCall): CallVerdict =>
    judgeCall(soundOf(caller, localDirectory), callee && soundOf(callee, localDirectory), limits)

  const judge = async (call: RecordedCall): Promise<void> => {
    // The figures of its RTP come with the last event.
    await Promise.race([call.caller.session.call.ended, left])
    let result: Pick<CallRecordings, 'verdict' | 'problem'>
    try {
      result = { verdict: verdictOf(call) }
    } catch (error) {
      result = { problem: messageOf(error) }
    }
    figures.note(result.verdict)
    for (const leg of ['caller', 'callee'] as const) {
      const recorded = call[leg]
      if (recorded) append(rowOf(call.files, leg, recorded, result.verdict))
    }
    onRecorded?.({ ...call.files, ...result })
  }

  return {
    measure,
    judge(call) {
      const task = judge(call).finally(() => running.delete(task))
      running.add(task)
    },
    join() {
      switches++
    },
    async leave() {
      if (--switches > 0) return
      stopWaiting()
      await settled()
    },
  }
}
