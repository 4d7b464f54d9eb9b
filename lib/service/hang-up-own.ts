import { isUuid } from '../esl/encode/uuid.ts'
import { ArgumentError } from '../errors.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'
import type { Listener } from '../listener/listener.ts'
import { ownedSessions } from '../listener/owned.ts'

export interface HangUpOwnOptions {
  readonly app?: string | undefined
  readonly cause?: HangupCause | undefined
}

/** How FreeSWITCH writes causes (`switch_channel_cause_t`). */
const CAUSE = /^[A-Z0-9_]+$/

/**
 * Hangs up the calls that a client placed or took, each by its uuid, so that nobody else's is ever meant; those that are being
 * placed are hung up as they turn up. Resolves with how many calls it was, when the switch was told.
 */
export const hangUpOwn = async (
  listener: Listener,
  { app, cause = 'NORMAL_CLEARING' }: HangUpOwnOptions,
): Promise<number> => {
  if (!CAUSE.test(cause))
    throw new ArgumentError(`expected a hangup cause such as NORMAL_CLEARING, got ${JSON.stringify(cause)}`)
  const { expected, placed } = listener.tables
  for (const [uuid, job] of expected)
    if (app === undefined || placed.of(uuid)?.app === app) job.unwanted = true
  const sessions = ownedSessions(listener, app)
  // What is gone before the switch reads it is hung up as well; what cannot be told tells so by its connection.
  await Promise.all(
    sessions
      .filter(({ uuid }) => isUuid(uuid))
      .map(({ uuid, node }) => node.commands.api(`uuid_kill ${uuid} ${cause}`).catch(() => '')),
  )
  return new Set(sessions.map(({ call }) => call)).size
}
