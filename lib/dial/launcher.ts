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
  /** Drops the arrivals that wait for their turn. */
  clear(): void
  /** Stops following the calls. */
  close(): void
}

/** An arrival that is later than this (ms) is not launched any more: it would be a burst, not a rate. */
export const LATEST = 1000

const NO_FIELDS: Fields = {}

/** Gives each arrival its turn and its fields, and launches it where it is still in time. */
export const createLauncher = (options: LauncherOptions): Launcher => {
  const { nodes, clock, fields, tally, gone, exhausted } = options
  const sender = createSender(options)
  const listeners = nodes.map(({ client }) => client.onCallEnd((call) => sender.ended(call)))
  let cleared = false

  const giveUp = (node: NodeLoad): void => {
    tally.active--
    node.active--
    gone()
  }

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

  const whyNot = (node: NodeLoad, dueAt: number): DropReason | undefined => {
    if (clock.now() - dueAt > LATEST) return 'late'
    if (!node.client.connected) return 'nodes'
    return cleared ? 'limit' : undefined
  }

  const takeTurn = async (node: NodeLoad, dueAt: number): Promise<void> => {
    const filling = fields ? await fieldsOf(fields) : NO_FIELDS
    // An arrival that there was nothing for was none.
    if (filling === undefined) tally.offered--
    const why = whyNot(node, dueAt)
    if (filling !== undefined && why === undefined) return sender.send(node, dueAt, filling)
    if (filling !== undefined && why) tally.drop(why)
    giveUp(node)
  }

  return {
    launch(node, dueAt) {
      tally.active++
      node.active++
      void node.jobs.add(() => takeTurn(node, dueAt))
    },
    clear() {
      cleared = true
    },
    close() {
      for (const stop of listeners) stop()
      fields?.close()
    },
  }
}
