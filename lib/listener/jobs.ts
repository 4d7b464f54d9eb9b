import type { EslEvent } from '../esl/event.ts'
import { createJob, type Job, type JobOptions, type PendingJob } from '../model/job.ts'
import type { Node } from '../model/node.ts'

/** What a job is to become. */
export type JobRequest<T> = Pick<JobOptions<T>, 'command' | 'value' | 'what' | 'over'>

/** The background jobs in flight on one switch. */
export interface Jobs {
  /** Sends a command as a job under an id of our own, which is known before the switch has heard of it. */
  start<T>(request: JobRequest<T>): Job<T>
  /** A job that cannot even be sent. */
  refuse<T>(command: string, error: Error): Job<T>
  /** Takes a BACKGROUND_JOB; those of other controllers are none of ours. */
  finish(event: EslEvent<'BACKGROUND_JOB'>): void
  /** A connection has ended; jobs whose result could come over no other fail. */
  wayEnded(way: object, error: (what: string) => Error): void
  fail(error: (what: string) => Error): void
  readonly size: number
}

interface InFlight extends Pick<PendingJob<unknown>, 'finish' | 'fail'> {
  readonly what: string
  /** See `Node.ways`; undefined: this node's for good. */
  readonly ways: Set<object> | undefined
}

export const createJobs = (node: Node): Jobs => {
  const pending = new Map<string, InFlight>()

  const create = <T>({ command, what = command, value, over }: JobRequest<T>): PendingJob<T> =>
    createJob({
      uuid: node.newId(),
      command,
      what,
      launched: node.clock.now(),
      value,
      over,
      unseen: (error) => node.unseen(what, error),
    })

  return {
    refuse<T>(command: string, error: Error) {
      const { job, fail } = create<T>({
        command,
        value: () => {
          throw error
        },
      })
      fail(error)
      return job
    },
    start(request) {
      const { job, finish, fail } = create(request)
      const { uuid } = job
      const ways = node.ways && new Set(node.ways())
      pending.set(uuid, { finish, fail, what: request.what ?? request.command, ways })
      node.commands.bgapi(request.command, uuid).catch((error: unknown) => {
        if (pending.delete(uuid)) fail(error as Error)
      })
      return job
    },
    finish(event) {
      const uuid = event.get('Job-UUID')
      const job = pending.get(uuid)
      pending.delete(uuid)
      job?.finish(event.body)
    },
    wayEnded(way, error) {
      for (const [uuid, { fail, what, ways }] of pending) {
        if (!ways?.delete(way) || ways.size > 0) continue
        pending.delete(uuid)
        fail(error(what))
      }
    },
    fail(error) {
      const left = [...pending.values()]
      pending.clear()
      for (const { fail, what } of left) fail(error(what))
    },
    get size() {
      return pending.size
    },
  }
}
