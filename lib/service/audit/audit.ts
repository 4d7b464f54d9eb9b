import debug from 'debug'
import type { TimerHandle } from '../../clock.ts'
import type { Insertion } from '../../link/pump.ts'
import type { Listener } from '../../listener/listener.ts'
import type { Node } from '../../model/node.ts'
import type { ClientState } from '../client.ts'
import { createJobAudit } from './jobs.ts'
import { createSessionAudit } from './sessions.ts'

const log = debug('switchix:audit')

/** What an audit looks at, and by what. */
export interface AuditParts {
  readonly node: Node
  readonly listener: Listener
  /** Without a connection there is nobody to ask. */
  readonly state: () => ClientState
  /** Does these in the turn of events. */
  readonly insert: (insertions: readonly Insertion[]) => void
}

export interface Audit {
  start(): void
  stop(): void
}

/** How often it looks, in ms. */
const INTERVAL_MS = 5000

/**
 * FreeSWITCH drops events for a listener that is slow, and tells nobody. What waits for one that was lost would wait for
 * ever: so sessions and jobs of which nothing has been heard for a while are compared with what the switch has. One timer
 * for all of them, so that it costs nothing an event.
 */
export const createAudit = (parts: AuditParts): Audit => {
  const { clock } = parts.node
  const sessions = createSessionAudit(parts)
  const jobs = createJobAudit(parts)
  let timer: TimerHandle | undefined
  let looking = false

  const look = async (): Promise<void> => {
    await jobs.look()
    await sessions.look()
  }

  const tick = (): void => {
    if (parts.state() === 'closed') return
    next()
    if (parts.state() === 'away') sessions.forget()
    else if (!looking) {
      looking = true
      look()
        .catch((error: unknown) => log('%s: %O', parts.node.name, error))
        .finally(() => (looking = false))
    }
  }

  const next = (): void => {
    timer = clock.setTimeout(tick, INTERVAL_MS, true)
  }

  return {
    start: next,
    stop() {
      clock.clearTimeout(timer)
      timer = undefined
    },
  }
}
