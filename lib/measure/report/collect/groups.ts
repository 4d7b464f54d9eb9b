import type { CallDetailRecord } from '../../cdr/cdr.ts'
import { talkTimeOf } from '../../metrics/outcome.ts'
import { between, createLatency, type Latency } from '../../latency.ts'

/** What the calls of one node, or of one app, came to. */
export interface Group {
  readonly name: string
  calls: number
  seizures: number
  answers: number
  /** Answered, and it is known how long. */
  timed: number
  /** How long they were answered, in ms. */
  talkMs: number
  readonly setup: Latency
}

/** The calls by what they have in common. */
export interface Groups {
  add(name: string, cdr: CallDetailRecord): void
  /** In the order in which they appeared. */
  readonly all: readonly Group[]
}

/** A name of each call is no name of a group: so many are told apart, and what the others came to is one more. */
const MOST = 60
export const OTHERS = '(others)'

export const createGroups = (): Groups => {
  const groups = new Map<string, Group>()

  const groupOf = (name: string): Group => {
    const known = groups.get(name)
    if (known) return known
    if (groups.size >= MOST && name !== OTHERS) return groupOf(OTHERS)
    const group = { name, calls: 0, seizures: 0, answers: 0, timed: 0, talkMs: 0, setup: createLatency() }
    groups.set(name, group)
    return group
  }

  return {
    add(name, cdr) {
      const group = groupOf(name)
      const { caller_create_ms: created, caller_answer_ms: answered, caller_hangup_ms: hungUp } = cdr
      group.calls++
      if (created === undefined) return
      group.seizures++
      if (answered === undefined) return
      group.answers++
      between(group.setup, created, answered)
      const talk = talkTimeOf({ answer: answered, hangup: hungUp })
      if (talk === undefined) return
      group.timed++
      group.talkMs += talk
    },
    get all() {
      return [...groups.values()]
    },
  }
}
