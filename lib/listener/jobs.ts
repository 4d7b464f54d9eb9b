import type { EslEvent } from '../esl/event.ts'
import { ConnectionLostError, TimeoutError } from '../errors.ts'
import { createJob, type Job, type JobOptions, type PendingJob } from '../model/job.ts'
import type { Node } from '../model/node.ts'

/** What a job is to become. */
export interface JobRequest<T> extends Pick<JobOptions<T>, 'command' | 'value' | 'what' | 'over'> {
  /** After so long without a result (ms) an audit asks what became of it. */
  readonly patience: number
  /** The uuid of the session that it is to originate. */
  readonly originates?: string | undefined
  /** It calls several parties, so that the end of that session does not tell how it went. Default false. */
  readonly several?: boolean | undefined
  /** For an originate that succeeded with this output: whether its session was seen. Where it was not, an audit asks for it. */
  readonly seen?: ((output: string) => boolean) | undefined
}

/** A job whose result has not come, as an audit sees it. */
export interface OpenJob {
  readonly job: Job<unknown>
  readonly what: string
  readonly patience: number
  readonly originates: string | undefined
  readonly several: boolean
  /** By our clock, in ms since the epoch: its result ought to have come by then. */
  due: number
  /** It rejected already, but its result may come yet. */
  late: boolean
  /** Its result, where it said that it had placed a call which nobody has seen. */
  unseen: string | undefined
}

/** The background jobs in flight on one switch. */
export interface Jobs {
  /** Sends a command as a job under an id of our own, which is known before the switch has heard of it. */
  start<T>(request: JobRequest<T>): Job<T>
  /** A job that cannot even be sent. */
  refuse<T>(command: string, error: Error): Job<T>
  /** Takes a BACKGROUND_JOB; those of other controllers are none of ours. */
  finish(event: EslEvent<'BACKGROUND_JOB'>): void
  /** Those whose result has not come. */
  open(): OpenJob[]
  /** Settles a job whose result was lost, as if that had come. */
  recover(uuid: string, output: string): void
  /** Rejects a job whose result has not come in time; once it is late, nothing more is expected of it. */
  expire(uuid: string, error: Error): void
  /**
   * Whether the result of a job counts that comes over this connection: the one that the job was sent over, or another one of
   * its switch once that has ended.
   */
  isSentOver(uuid: string, way: object): boolean
  /** A connection has ended; jobs whose result could come over no other fail. */
  wayEnded(way: object, error: (what: string) => Error): void
  /** Nobody waits for a job any more: it fails, and a session that it originates is not wanted. Does nothing once it is over. */
  abandon(job: Job<unknown>, error: Error): void
  /** The connection is away: they fail, though the switch may carry them out yet. */
  giveUp(error: (what: string) => Error): void
  /** Nothing more comes of those that were given up: the switch is lost, or is another one. */
  forget(): void
  /** The connection is gone for good: they fail, and so does every later one. */
  fail(error: (what: string) => Error): void
  readonly size: number
}

interface InFlight extends PendingJob<unknown>, OpenJob {
  readonly job: Job<unknown>
  readonly seen: ((output: string) => boolean) | undefined
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

  const create = <T>({
    command,
    what = command,
    value,
    over,
  }: Pick<JobRequest<T>, 'command' | 'what' | 'value' | 'over'>): PendingJob<T> =>
    createJob({
      uuid: node.newId(),
      command,
      what,
      launched: node.clock.now(),
      value,
      over,
      unseen: (error) => node.unseen(what, error),
    })

  const finish = (uuid: string, output: string | undefined): void => {
    const job = pending.get(uuid) ?? late.get(uuid)
    if (!pending.delete(uuid)) late.delete(uuid)
    job?.finish(output)
  }

  const keepLate = (uuid: string, own: InFlight): void => {
    own.late = true
    late.set(uuid, own)
  }

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
      const created = create(request)
      const { job, fail, giveUp } = created
      const { uuid } = job
      const { patience, originates, several = false, seen, command, what = command } = request
      const own: InFlight = {
        ...created,
        job,
        what,
        patience,
        originates,
        several,
        seen,
        late: false,
        unseen: undefined,
        due: job.launched + patience,
        ways: node.ways && new Set(node.ways()),
      }
      pending.set(uuid, own)
      node.commands.quietly.bgapi(command, uuid, (error) => {
        if (!pending.delete(uuid)) return
        if (closed || !isOpen(error)) {
          fail(error as Error)
          return
        }
        keepLate(uuid, own)
        giveUp(error as Error)
      })
      return job
    },
    finish(event) {
      const uuid = event.get('Job-UUID')
      const own = pending.get(uuid)
      const output = event.body?.trim() ?? ''
      if (own?.seen && output.startsWith('+OK') && !own.seen(output)) {
        own.unseen = output
        own.due = 0
      } else finish(uuid, event.body)
    },
    open: () => [...pending.values(), ...late.values()],
    recover(uuid, output) {
      const job = pending.get(uuid)?.job
      if (job) job.recovered = true
      finish(uuid, output)
    },
    expire(uuid, error) {
      const own = pending.get(uuid)
      if (own) {
        pending.delete(uuid)
        own.due = node.clock.now() + own.patience
        keepLate(uuid, own)
        own.giveUp(error)
      } else {
        late.get(uuid)?.close()
        late.delete(uuid)
      }
    },
    isSentOver(uuid, way) {
      const [first] = (pending.get(uuid) ?? late.get(uuid))?.ways ?? []
      return first === way
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
    abandon(job, error) {
      const own = pending.get(job.uuid)
      if (!own) return
      pending.delete(job.uuid)
      keepLate(job.uuid, own)
      own.giveUp(error)
      job.unwanted = true
    },
    giveUp(error) {
      const left = [...pending]
      pending.clear()
      for (const [uuid, job] of left) {
        keepLate(uuid, job)
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
