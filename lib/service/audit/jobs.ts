import { TimeoutError } from '../../errors.ts'
import type { OpenJob } from '../../listener/jobs.ts'
import type { SessionState } from '../../model/state.ts'
import { existsOn } from './ask.ts'
import type { AuditParts } from './audit.ts'
import { catchUpWith } from './catch-up.ts'

/** A call may be answered, and its originate wait for a key that confirms it. */
const isConfirmed = ({ job }: OpenJob): boolean => job.command.includes('group_confirm')

/**
 * Finds jobs whose BACKGROUND_JOB was lost. An originate is done soon after its session was answered, or has ended; where
 * that tells nothing, the switch is asked for the session once the call has had the time to ring. Nothing can be asked of
 * other jobs: they reject with TimeoutError.
 */
export const createJobAudit = (parts: AuditParts): { look(): Promise<void> } => {
  const { node, listener } = parts
  const { jobs, counts } = listener
  /** Those whose session said at the last look that they are done; or which the switch did not know then. */
  let suspects = new Map<OpenJob, string>()

  /** The session that tells how it went: of several parties, the one that was answered. */
  const stateOf = ({ job, several, originates = '' }: OpenJob): SessionState | undefined =>
    several
      ? listener.tables.calls.get(originates)?.legs.find(({ answered, ended }) => answered && !ended)
      : job.session?.state

  const settle = (own: OpenJob, output: string): void => {
    counts.recovered++
    jobs.recover(own.job.uuid, output)
  }

  /** What the session tells of its job; undefined for nothing. */
  const outputOf = (own: OpenJob, state = stateOf(own)): string | undefined => {
    const mayWait = own.several || isConfirmed(own)
    if (state?.answered && (!mayWait || own.due <= node.clock.now())) return `+OK ${state.uuid}`
    return state?.ended ? `-ERR ${state.cause ?? 'UNKNOWN'}` : undefined
  }

  const expire = (own: OpenJob): void => {
    const { job, what, patience, unseen } = own
    // It has said what became of it, and it is as it said: nobody has seen its session.
    if (unseen !== undefined) jobs.recover(job.uuid, unseen)
    else jobs.expire(job.uuid, new TimeoutError(`the result of ${what}`, patience))
  }

  /** Asks for the session of an originate that is overdue; gives what makes it suspect. */
  const askFor = async (own: OpenJob, uuid: string): Promise<string | undefined> => {
    if (await existsOn(node, uuid)) {
      await catchUpWith(parts, uuid, node)
      return undefined
    }
    if (suspects.get(own) === 'gone') expire(own)
    return 'gone'
  }

  const lookAt = async (own: OpenJob): Promise<string | undefined> => {
    const output = outputOf(own)
    if (output !== undefined) {
      if (suspects.get(own) === output) settle(own, output)
      return output
    }
    if (own.due > node.clock.now()) return undefined
    if (own.originates !== undefined && !own.several) return askFor(own, own.originates)
    expire(own)
    return undefined
  }

  return {
    async look() {
      const seen = new Map<OpenJob, string>()
      for (const own of jobs.open()) {
        const suspicion = await lookAt(own)
        if (suspicion !== undefined) seen.set(own, suspicion)
      }
      suspects = seen
    },
  }
}
