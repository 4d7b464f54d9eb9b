import { ArgumentError } from '../errors.ts'
import { awaitsItsCall, type Task } from '../listener/tasks.ts'
import type { Client } from '../service/client.ts'
import { runningOn } from '../service/running.ts'
import { breathe } from './breathe.ts'
import { createProcessActivity } from './process-activity.ts'

/** What functions of apps await that no virtual time brings: a file, a socket, a timer of Node, another thread. */
export interface RealWork {
  /** Whether one of them does now, and has not for too long: virtual time has to stand still. */
  underWay(): boolean
  /** Those that have waited for so long that time went on without them, for messages. */
  stuck(): readonly string[]
}

/** How long real work may take, in ms of the machine. */
export const REAL_WORK_MS = 5000

/** How long a wait may take while nothing shows that the process works at something, in ms of the machine. */
const NOTHING_SHOWS_MS = 1000

/** Throws ArgumentError (BAD_ARGUMENT) where that is no time. */
export const requireRealWork = (ms: number): number => {
  if (!(ms >= 0)) throw new ArgumentError(`expected realWork to be 0 ms or more, got ${ms}`)
  return ms
}

export interface RealWorkOptions {
  /** How long it may take, in ms of the machine. */
  readonly limit: number
  /** Undefined until there is one. */
  readonly client: () => Client | undefined
  /** How many commands were given to a session: whoever gives one has come to the end of what it waited for. */
  readonly commandsTo: (uuid: string) => number
}

/** Since when a function waits, and how far it had come. */
interface Wait {
  readonly at: number
  readonly mark: string
}

/**
 * Finds the functions of a client's apps that run and await nothing of their call. Each has up to `limit` ms of the machine for
 * that, or a second while the process has no file, socket or timer under way.
 */
export const createRealWork = ({ limit, client, commandsTo }: RealWorkOptions): RealWork => {
  const since = new Map<Task, Wait>()
  const isActive = createProcessActivity()

  const elsewhere = (): Task[] => {
    const running = client()
    const tasks = running ? runningOn(running).filter((task) => !awaitsItsCall(task)) : []
    for (const task of since.keys()) if (!tasks.includes(task)) since.delete(task)
    return tasks
  }
  const waited = (task: Task): number => performance.now() - (since.get(task)?.at ?? Infinity)
  const markOf = ({ session }: Task): string =>
    session ? `${commandsTo(session.uuid)} ${session.box.start}` : ''

  return {
    underWay() {
      const at = performance.now()
      const tasks = elsewhere()
      for (const task of tasks) {
        const mark = markOf(task)
        if (since.get(task)?.mark !== mark) since.set(task, { at, mark })
      }
      const quickest = Math.min(...tasks.map(waited))
      if (!(quickest < limit)) return false
      return quickest < NOTHING_SHOWS_MS || isActive()
    },
    stuck: () =>
      elsewhere()
        .filter((task) => since.has(task))
        .map((task) => {
          const { registration, event, session } = task
          const where = session ? ` of session ${session.uuid}` : ''
          const seconds = (waited(task) / 1000).toFixed(1)
          return `app ${registration.app}: its function for ${event}${where} has waited for ${seconds} s of real time for something that is neither an event, a command nor a timer of its call (a file, a socket, another function's promise); if that takes longer, raise realWork`
        }),
  }
}

/** Resolves when no real work is under way. */
export const untilRealWorkIsDone = async (
  work: RealWork,
  clock: { advance(ms: number): Promise<void> },
): Promise<void> => {
  await clock.advance(0)
  while (work.underWay()) {
    await breathe()
    await clock.advance(0)
  }
}
