import { nextNumber } from '../../flow/hub.ts'
import type { SessionState } from '../../model/state.ts'
import { pendingVerbsOf, settleVerbs } from '../pending-verbs.ts'
import { existsOn } from './ask.ts'
import type { AuditParts } from './audit.ts'
import { catchUpWith } from './catch-up.ts'

/** What an audit remembers of a session. */
interface Watch {
  /** How many events it had, and when that was first so, by our clock. */
  number: number
  since: number
  /** When the switch was asked for it last, and how often since its last event. */
  asked: number
  times: number
  /** How often in a row the switch said that it does not have its channel. */
  denied: number
}

/** After so long without an event a session is looked at, and again after so long, in ms. */
const PATIENCE_MS = {
  /** It was hung up: its CHANNEL_DESTROY follows at once, as a rule. */
  hungup: [5000, 5000],
  /** It is not answered yet, or a verb waits for an event. */
  unsettled: [10_000, 30_000],
  idle: [30_000, 60_000],
} as const

/** A session that was hung up ends so long after that, whatever the switch says of its channel, in ms. */
const HUNGUP_MS = 60_000

/** How often a switch has to say that it does not have the channel of a session that was not hung up. */
const DENIALS = 3

/** How many sessions are asked for in one look, how many at once, and how many of them are dumped. */
const LOOKS = 200
const AT_ONCE = 20
const DUMPS = 20

const isUnsettled = ({ answered, hub }: SessionState): boolean =>
  !answered || hub.waiters.some(({ subject }) => subject !== undefined)

const patienceOf = (state: SessionState): readonly [first: number, again: number] =>
  PATIENCE_MS[state.hungup ? 'hungup' : isUnsettled(state) ? 'unsettled' : 'idle']

/**
 * Finds sessions whose events were lost. Silence only nominates one: it ends when the switch says that it does not have the
 * channel (`uuid_exists`). For one that was not hung up it has to say so three times, 5 s apart: a channel that was renamed is
 * up under another uuid, and the event that says so may be on its way. One that is up and waits for something is compared with its `uuid_dump`.
 */
export const createSessionAudit = (parts: AuditParts): { look(): Promise<void>; forget(): void } => {
  const { node, listener, insert } = parts
  const { clock } = node
  const { sessions } = listener.tables
  const watches = new Map<SessionState, Watch>()

  const isUnchanged = (state: SessionState, { number }: Watch): boolean =>
    !state.ended && nextNumber(state.hub) === number

  const isDue = (state: SessionState, now: number): boolean => {
    const number = nextNumber(state.hub)
    const watch = watches.get(state)
    if (!watch || watch.number !== number) {
      watches.set(state, { number, since: now, asked: now, times: 0, denied: 0 })
      return false
    }
    const [first, again] = patienceOf(state)
    return watch.denied > 0 || now - watch.asked >= (watch.times === 0 ? first : again)
  }

  const end = (state: SessionState): void => {
    listener.recover(state)
    insert(listener.lose(state))
  }

  /** Whether it is up, and has not been heard of meanwhile. */
  const isUp = async (state: SessionState, watch: Watch): Promise<boolean> => {
    const { uuid } = state
    const exists = await existsOn(state.node, uuid)
    if (!isUnchanged(state, watch) || state.uuid !== uuid || exists === undefined) return false
    watch.asked = clock.now()
    watch.times++
    watch.denied = exists ? 0 : watch.denied + 1
    const isGone = watch.denied >= (state.hungup ? 1 : DENIALS)
    if (isGone || (state.hungup && watch.asked - watch.since > HUNGUP_MS)) end(state)
    return exists && !state.ended
  }

  const dump = async (state: SessionState, { times }: Watch): Promise<void> => {
    const found = await catchUpWith(parts, state.uuid, state.node)
    if (!found || state.ended) return
    const verbs = pendingVerbsOf(state)
    if (verbs.length > 0) settleVerbs({ insert, listener, state, verbs, dump: found, patient: times < 2 })
  }

  return {
    async look() {
      const now = clock.now()
      for (const state of watches.keys()) if (state.ended) watches.delete(state)
      const due = [...sessions.values()].filter((state) => isDue(state, now))
      const ordered = due
        .map((state) => [state, watches.get(state) as Watch] as const)
        .sort(([a, x], [b, y]) => Number(b.hungup) - Number(a.hungup) || x.asked - y.asked)
        .slice(0, LOOKS)
      let dumps = DUMPS
      for (let i = 0; i < ordered.length; i += AT_ONCE) {
        const some = ordered.slice(i, i + AT_ONCE)
        const up = await Promise.all(some.map(([state, watch]) => isUp(state, watch)))
        for (const [at, [state, watch]] of some.entries())
          if (up[at] && !state.hungup && isUnsettled(state) && dumps-- > 0) await dump(state, watch)
      }
    },
    forget: () => watches.clear(),
  }
}
