import type { EventName } from '../esl/event-names.ts'
import type { Session } from '../model/session.ts'
import type { ClientApp } from '../service/client.ts'
import type { ClipOptions } from './clip-options.ts'
import { planClips } from './clip-plan.ts'
import { createRecordingJudge } from './judge-recordings.ts'
import type { OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'
import { createCallRecorder } from './record-call.ts'
import { untilParked } from './until-parked.ts'

/** Plays the clip so often, on both legs. */
export type PlayClips = (
  clip: string,
  iterations: number,
  caller: Session,
  callee: Session | undefined,
) => Promise<void>

/** An app whose calls play clips, are recorded now and then, and are hung up: by its caller, once it is answered. */
export const clipCall = (
  name: string,
  table: OptionTable<ClipOptions>,
  given: ClipOptions,
  play: PlayClips,
  subscribe: readonly EventName[] = [],
): ClientApp => {
  const options = readOptions(name, table, given)
  const { clip, iterations, clipLength, tail } = options
  const recorder = createCallRecorder({ ...options, stereo: options.stereo || options.verdict })
  const judge = options.verdict ? createRecordingJudge(options) : undefined
  let { duration } = options

  return {
    name,
    subscribe: [...subscribe, 'RECORD_START', 'RECORD_STOP'],
    settings(load) {
      duration = load.duration
    },
    ...(judge && { measure: judge.measure }),
    async *prepost(context) {
      await recorder.prepare(context)
      judge?.join()
      yield
      await judge?.leave()
    },
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction === 'inbound') await sess.answer()
      },
      async CHANNEL_ANSWER(caller) {
        if (caller.direction !== 'outbound') return
        await untilParked(caller)
        const callee = caller.peer
        const plan = planClips({ duration, clipLength, iterations, tail })
        try {
          const stop = await recorder.start(caller, callee)
          try {
            await play(clip, plan.iterations, caller, callee)
            if (stop) await caller.sleep(plan.tail)
          } finally {
            const recorded = await stop?.()
            if (recorded && judge) judge.judge(recorded)
            else if (recorded) options.onRecorded?.(recorded.files)
          }
        } finally {
          await caller.hangup()
        }
      },
    },
  }
}
