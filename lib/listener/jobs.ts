import type { EslEvent } from '../esl/event.ts'
import { ConnectionLostError, TimeoutError } from '../errors.ts'
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
  /** The connection is away: they fail, though the switch may carry them out yet. */
  giveUp(error: (what: string) => Error): void
  /** Nothing more comes of those that were given up: the switch is lost, or is another one. */
  forget(): void
  /** The connection is gone for good: they fail, and so does every later one. */
  fail(error: (what: string) => Error): void
  readonly size: number
}

interface InFlight extends Omit<PendingJob<unknown>, 'job'> {
  readonly what: string
  /** See `Node.ways`; undefined: this node's for good. */
  readonly ways: Set<object> | undefined
}

/** Errors that leave open whether the switch has the command. */
const isOpen = (error: unknown): boolean =>
  error instanceof TimeoutError || error instanceof ConnectionLostError

export const createJobs = (node: Node): Jobs => {
  const pending = new Map<string, InFlight>()
  /** Those that were given up: the switch may read their commands later, and carry them out. */
  const late = new Map<string, InFlight>()
  let closed = false

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

  const forget = (): void => {
    const left = [...late.values()]
    late.clear()
    for (const { close } of left) close()
  }

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
      const { job, finish, fail, giveUp, close } = create(request)
      const { uuid } = job
      const ways = node.ways && new Set(node.ways())
      const own: InFlight = { finish, fail, giveUp, close, what: request.what ?? request.command, ways }
      pending.set(uuid, own)
      node.commands.quietly.bgapi(request.command, uuid, (error) => {
        if (!pending.delete(uuid)) return
        if (closed || !isOpen(error)) {
          fail(error as Error)
          return
        }
        late.set(uuid, own)
        giveUp(error as Error)
      })
      return job
    },
    finish(event) {
      const uuid = event.get('Job-UUID')
      const job = pending.get(uuid) ?? late.get(uuid)
      if (!pending.delete(uuid)) late.delete(uuid)
      job?.finish(event.body)
    },
    wayEnded(way, error) {
      for (const [uuid, { fail, what, ways }] of pending) {
        if (!ways?.delete(way) || ways.size > 0) continue
        pending.delete(uuid)
        fail(error(what))
      }
      for (const [uuid, { close, ways }] of late)
        if (ways?.delete(way) && ways.size === 0 && late.delete(uuid)) close()
    },
    giveUp(error) {
      const left = [...pending]
      pending.clear()
      for (const [uuid, job] of left) {
        late.set(uuid, job)
        job.giveUp(error(job.what))
      }
    },
    forget,
    fail(error) {
      closed = true
      const left = [...pending.values()]
      pending.clear()
      for (const { fail, what } of left) fail(error(what))
      forget()
    },
    get size() {
      return pending.size
    },
  }
}
