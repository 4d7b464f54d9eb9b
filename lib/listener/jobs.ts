import type { EslEvent } from '../esl/event.ts'
import { createJob, type Job, type JobInfo, type PendingJob } from '../model/job.ts'
import type { Node } from '../model/node.ts'

/** The background jobs in flight on one switch. */
export interface Jobs {
  /**
   * Sends a command as a job under an id of our own, which is known before the switch has heard of it. `what` names it
   * in errors.
   */
  start<T>(command: string, value: (output: string, job: JobInfo) => T, what?: string): Job<T>
  /** A job that cannot even be sent. */
  refuse<T>(command: string, error: Error): Job<T>
  /** Takes a BACKGROUND_JOB; those of other controllers are none of ours. */
  finish(event: EslEvent): void
  fail(error: (what: string) => Error): void
  readonly size: number
}

export const createJobs = (node: Node): Jobs => {
  const pending = new Map<string, Pick<PendingJob<unknown>, 'finish' | 'fail'> & { command: string }>()

  const create = <T>(
    command: string,
    value: (output: string, job: JobInfo) => T,
    what?: string,
  ): PendingJob<T> =>
    createJob({
      what,
      uuid: node.newId(),
      command,
      launched: node.clock.now(),
      value,
      unseen: (error) => node.unseen(`bgapi ${command}`, error),
    })

  return {
    refuse<T>(command: string, error: Error) {
      const { job, fail } = create<T>(command, () => {
        throw error
      })
      fail(error)
      return job
    },
    start(command, value, what) {
      const { job, finish, fail } = create(command, value, what)
      const { uuid } = job
      pending.set(uuid, { finish, fail, command })
      node.commands.bgapi(command, uuid).catch((error: unknown) => {
        if (pending.delete(uuid)) fail(error as Error)
      })
      return job
    },
    finish(event) {
      const uuid = event.get('Job-UUID')
      const job = uuid === undefined ? undefined : pending.get(uuid)
      if (uuid === undefined || !job) return
      pending.delete(uuid)
      job.finish(event.body)
    },
    fail(error) {
      const left = [...pending.values()]
      pending.clear()
      for (const { fail, command } of left) fail(error(`bgapi ${command}`))
    },
    get size() {
      return pending.size
    },
  }
}
