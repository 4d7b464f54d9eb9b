import { jobJson, type JobJson } from './as-json.ts'
import { JobError, TimeoutError } from '../errors.ts'
import { watchedBy } from '../flow/watched.ts'
import type { Session } from './session.ts'

/** What is known of a background job. */
export interface JobInfo {
  readonly uuid: string
  readonly command: string
  /** When it was sent, by our clock: milliseconds since the epoch. */
  readonly launched: number
  /** Its output, trimmed; undefined until it has ended. */
  result: string | undefined
  /** Whether it ended with `-ERR` or `-USAGE`. */
  failed: boolean
  /** For an originate: the session, from its first event on. */
  session: Session | undefined
  /**
   * For an originate: its session is hung up as soon as it turns up, or its switch is back, for nobody waits for it any more.
   * True once the job has rejected with TIMEOUT; where it rejected with CONNECTION_LOST you may set it.
   */
  unwanted: boolean
  /** Its BACKGROUND_JOB was lost, and an audit settled it by what the switch has (see docs/services.md). */
  recovered: boolean
  /**
   * Resolves when nothing more comes of it: the switch has said what became of it, or its connection is gone for good. A job
   * that rejected with TIMEOUT or CONNECTION_LOST may be carried out later all the same; `result` says how, then.
   */
  settled(): Promise<void>
  /** What is known of it, as plain data: for logs and JSON. */
  toJSON(): JobJson
}

/**
 * A background job: a promise of its result, with what is known of it meanwhile. Rejects with JobError, whose `reply`
 * is the hangup cause for an originate; with TimeoutError where the switch did not take the command in time; or with
 * ConnectionLostError. Not awaiting it is fine.
 */
export type Job<T = string> = Promise<T> & JobInfo

/** A job and the strings to pull when its BACKGROUND_JOB, or the end of the connection, comes. */
export interface PendingJob<T = string> {
  readonly job: Job<T>
  /** Takes the body of its BACKGROUND_JOB. */
  readonly finish: (body: string | undefined) => void
  readonly fail: (error: Error) => void
  /** Rejects it, though the switch may carry it out yet: `finish` or `close` comes later. */
  readonly giveUp: (error: Error) => void
  /** Nothing more comes of a job that was given up. */
  readonly close: () => void
}

export interface JobOptions<T> {
  readonly uuid: string
  readonly command: string
  /** Names it in errors, where the command is long. */
  readonly what?: string | undefined
  readonly launched: number
  /** Makes the job's value out of its output. */
  readonly value: (output: string, job: JobInfo) => T
  /** Nothing more comes of it. */
  readonly over?: (() => void) | undefined
  /** It failed, and nobody awaited it. */
  readonly unseen: (error: unknown) => void
}

const FAILURE = /^-(?:ERR|USAGE:?)\s*/

/** Makes the record of a job that is about to be sent. */
export const createJob = <T>(options: JobOptions<T>): PendingJob<T> => {
  const { uuid, command, what = command, launched, value, over, unseen } = options
  let settle: { resolve(value: T): void; reject(error: unknown): void } | undefined
  const promise = watchedBy<T>((resolve, reject) => (settle = { resolve, reject }), unseen)
  let open = true
  const waiting: (() => void)[] = []
  const info: JobInfo = {
    uuid,
    command,
    launched,
    result: undefined,
    failed: false,
    session: undefined,
    unwanted: false,
    recovered: false,
    settled: () => (open ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    toJSON() {
      return jobJson(this)
    },
  }
  const job = Object.assign(promise, info)

  const close = (): void => {
    open = false
    over?.()
    for (const tell of waiting) tell()
  }

  const fail = (error: unknown): void => {
    job.failed = true
    close()
    settle?.reject(error)
  }

  return {
    job,
    fail,
    giveUp(error) {
      job.failed = true
      job.unwanted = error instanceof TimeoutError
      settle?.reject(error)
    },
    close,
    finish(body = '') {
      job.result = body.trim()
      if (job.failed) {
        close()
        return
      }
      if (FAILURE.test(job.result)) {
        fail(new JobError(what, job.result.replace(FAILURE, ''), uuid))
        return
      }
      try {
        const result = value(job.result, job)
        close()
        settle?.resolve(result)
      } catch (error) {
        fail(error)
      }
    },
  }
}
