import type { FieldReader } from './destination/field-source.ts'
import type { Fields } from './destination/template.ts'
import type { NodeLoad } from './nodes/node-load.ts'
import { createSender, type SenderOptions } from './send-call.ts'
import type { DropReason } from './tally.ts'

export interface LauncherOptions extends SenderOptions {
  readonly nodes: readonly NodeLoad[]
  readonly fields: FieldReader | undefined
  /** An arrival came to nothing. */
  readonly gone: () => void
  /** There is nothing more to fill calls with; with an error, where getting it failed. */
  readonly exhausted: (error?: unknown) => void
}

export interface Launcher {
  /** Places a call on that node as soon as it has its turn; `dueAt` is when the schedule wanted it. */
  launch(node: NodeLoad, dueAt: number): void
  /** Forgets the arrivals that wait for their turn. */
  clear(): void
  /** Looks at the patience with calls that were given up anew. */
  hurry(): void
  /** Waits for the end of no call any longer. */
  leave(): void
  /** Stops following the calls. */
  close(): void
}

/** An arrival that is later than this (ms) is not launched any more: it would be a burst, not a rate. */
export const LATEST = 1000

const NO_FIELDS: Fields = {}

/** An arrival that waits for its turn, or for its fields. */
interface Waiting {
  readonly node: NodeLoad
  readonly dueAt: number
  readonly since: number
}

/** Gives each arrival its turn and its fields, and launches it where it is still in time. */
export const createLauncher = (options: LauncherOptions): Launcher => {
  const { nodes, clock, fields, tally, gone, exhausted } = options
  const sender = createSender(options)
  const listeners = nodes.map(({ client }) => client.onCallEnd((call) => sender.ended(call)))
  const waiting = new Set<Waiting>()

  const fieldsOf = async (reader: FieldReader): Promise<Fields | undefined> => {
    try {
      const next = await reader.next()
      if (next === undefined) exhausted()
      return next
    } catch (error) {
      exhausted(error)
      return undefined
    }
  }

  const whyNot = ({ node, dueAt }: Waiting, now = clock.now()): DropReason | undefined => {
    if (now - dueAt > LATEST) return 'late'
    return node.client.connected ? undefined : 'nodes'
  }

  const giveUp = (arrival: Waiting, why: DropReason | undefined): void => {
    if (!waiting.delete(arrival)) return
    // What there was nothing for, or nobody wanted any more, was no arrival.
    if (why === undefined) tally.withdraw()
    else tally.drop(why, arrival.dueAt)
    tally.active--
    arrival.node.active--
    gone()
  }

  const takeTurn = async (arrival: Waiting): Promise<void> => {
    const now = clock.now()
    const tooLate = whyNot(arrival, now)
    if (tooLate) {
      if (tooLate === 'late') tally.waitedTooLong++
      giveUp(arrival, tooLate)
      return
    }
    const filling = fields ? await fieldsOf(fields) : NO_FIELDS
    const why = fields && whyNot(arrival)
    if (filling === undefined || why) giveUp(arrival, filling && why)
    else if (waiting.delete(arrival))
      await sender.send(arrival.node, arrival.dueAt, filling, now - arrival.since)
  }

  return {
    launch(node, dueAt) {
      tally.active++
      node.active++
      const arrival = { node, dueAt, since: clock.now() }
      waiting.add(arrival)
      void node.jobs.add(async () => {
        if (waiting.has(arrival)) await takeTurn(arrival)
      })
    },
    clear() {
      for (const arrival of [...waiting]) giveUp(arrival, undefined)
    },
    hurry: () => sender.hurry(),
    leave: () => sender.leave(),
    close() {
      for (const stop of listeners) stop()
      fields?.close()
    },
  }
}
