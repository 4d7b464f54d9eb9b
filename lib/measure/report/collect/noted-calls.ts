import type { CallDetailRecord } from '../../cdr/cdr.ts'
import { isAnswered, isCompleted } from '../../metrics/outcome.ts'
import { outcomeOf } from '../../metrics/outcome-of.ts'
import type { LadderRows } from '../../../testing/ladder/rows.ts'
import { callTimesOf } from './call-times.ts'
import { createSpread, type Spread } from './spread.ts'

/** A call that somebody will want to look at. */
export interface NotedCall {
  cdr: CallDetailRecord
  /** `failed`: never answered. `broken off`: answered, and ended for no good reason. */
  readonly why: 'slow' | 'failed' | 'broken off'
  /** What happened on its legs, where that was kept; else its stamps are all that is known. */
  readonly events: LadderRows | undefined
}

/** Keeps the calls that were slowest to set up, and some of those that failed for each cause, from all of the run. */
export interface NotedCalls {
  /** `events` is asked for where the call is kept. */
  add(cdr: CallDetailRecord, events?: () => LadderRows | undefined): void
  /** Puts whole rows in the place of those that only had what is measured; undefined leaves one as it is. */
  complete(whole: (uuid: string) => CallDetailRecord | undefined): void
  /** The slowest first; the failed ones as they came. */
  readonly slow: readonly NotedCall[]
  readonly failed: readonly NotedCall[]
}

const setupOf = ({ cdr }: Pick<NotedCall, 'cdr'>): number =>
  (cdr.caller_answer_ms ?? 0) - (cdr.caller_create_ms ?? 0)

const launchOf = ({ cdr }: NotedCall): number => callTimesOf(cdr)?.launch ?? 0

/** `most`: so many slow ones, and so many failed ones. */
export const createNotedCalls = (most: number): NotedCalls => {
  const slow: NotedCall[] = []
  /** By their cause; where there are many causes, each has a few. */
  const failed = new Map<string, Spread<NotedCall>>()
  const eachCause = Math.max(2, Math.ceil(most / 5))
  const causes = Math.max(1, Math.floor(most / eachCause)) * 2

  const noteSlow = (cdr: CallDetailRecord, events: () => LadderRows | undefined): void => {
    const last = slow.at(-1)
    if (slow.length >= most && (!last || setupOf({ cdr }) <= setupOf(last))) return
    const at = slow.findIndex((each) => setupOf(each) < setupOf({ cdr }))
    slow.splice(at < 0 ? slow.length : at, 0, { cdr, why: 'slow', events: events() })
    if (slow.length > most) slow.pop()
  }

  const allFailed = (): NotedCall[] => [...failed.values()].flatMap(({ items }) => [...items])

  return {
    add(cdr, events = () => undefined) {
      const outcome = outcomeOf(cdr)
      if (isAnswered(outcome) && outcome.invite !== undefined) noteSlow(cdr, events)
      if (isCompleted(outcome)) return
      let ofCause = failed.get(cdr.hangup_cause)
      if (!ofCause && failed.size >= causes) return
      if (!ofCause) failed.set(cdr.hangup_cause, (ofCause = createSpread<NotedCall>(eachCause)))
      ofCause.add(() => ({ cdr, why: isAnswered(outcome) ? 'broken off' : 'failed', events: events() }))
    },
    complete(whole) {
      for (const call of [...slow, ...allFailed()]) call.cdr = whole(call.cdr.call_uuid) ?? call.cdr
    },
    slow,
    get failed() {
      return allFailed().sort((a, b) => launchOf(a) - launchOf(b))
    },
  }
}
