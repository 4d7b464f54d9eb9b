import { AbortedError } from '../errors.ts'
import { onAbort } from '../flow/on-abort.ts'
import type { Listener } from '../listener/listener.ts'
import type { Job } from '../model/job.ts'
import type { Session } from '../model/session.ts'

/** Gives a call up that is being placed: its job rejects with `error`, and its session is hung up, now or when it turns up. */
export const abandon = ({ jobs }: Listener, job: Job<Session>, error: Error): void => {
  jobs.abandon(job, error)
  // What the switch says to that is nobody's concern any more.
  if (job.unwanted && job.session && !job.session.hungup) job.session.hangup().catch(() => undefined)
}

/** Gives the call up when the signal aborts, with AbortedError. */
export const abandonOn = (
  signal: AbortSignal | undefined,
  listener: Listener,
  job: Job<Session>,
): Job<Session> => {
  if (!signal) return job
  const giveUp = (): void => abandon(listener, job, new AbortedError(job.command, signal.reason))
  if (signal.aborted) giveUp()
  else {
    void job.settled().then(onAbort(signal, giveUp))
  }
  return job
}
