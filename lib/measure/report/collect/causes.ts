import type { CallDetailRecord } from '../../cdr/cdr.ts'
import { count } from './moment.ts'

/** How many calls ended for one reason. */
export interface CauseCount {
  readonly cause: string
  readonly q850: number | undefined
  /** Calls by the final answer to their INVITE; 0 for those without one. */
  readonly bySipStatus: ReadonlyMap<number, number>
  readonly calls: number
}

/** Counts calls by why they ended. */
export interface Causes {
  /** Gives the cause that it counts as. */
  add(cdr: CallDetailRecord): string
  /** The most frequent first. */
  readonly all: readonly CauseCount[]
}

/** FreeSWITCH has some 80; whatever else a file holds is one more. */
const MOST = 120
export const OTHER_CAUSES = '(other causes)'

export const createCauses = (): Causes => {
  const causes = new Map<string, CauseCount & { calls: number; bySipStatus: Map<number, number> }>()
  return {
    add({ hangup_cause: given, hangup_cause_q850: number, caller_sip_status: status = 0 }) {
      const cause = causes.has(given) || causes.size < MOST ? given : OTHER_CAUSES
      let counts = causes.get(cause)
      const q850 = cause === given ? number : undefined
      if (!counts) causes.set(cause, (counts = { cause, q850, bySipStatus: new Map(), calls: 0 }))
      counts.calls++
      count(counts.bySipStatus, status)
      return cause
    },
    get all() {
      return [...causes.values()].sort((a, b) => b.calls - a.calls)
    },
  }
}
