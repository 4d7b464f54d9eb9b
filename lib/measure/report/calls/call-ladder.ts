import { ladderRows, type LadderRows } from '../../../testing/ladder/rows.ts'
import type { RecordedLine } from '../../../testing/recording.ts'
import type { Call } from '../../../model/call.ts'

/** What happened on the legs of a call that is over, by the events of its sessions. */
export const callLadder = (call: Call): LadderRows | undefined => {
  const events = call.sessions.flatMap(({ history }) => [...history])
  const sorted = events.filter(({ time }) => Number.isFinite(time)).sort((a, b) => a.time - b.time)
  const start = sorted[0]?.time
  if (start === undefined) return undefined
  const lines = sorted.map((event): RecordedLine => ({ t: event.time - start, event: event.toJSON() }))
  return ladderRows({ node: call.first.node, start, passive: true, lines })
}
