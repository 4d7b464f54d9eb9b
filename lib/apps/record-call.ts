import { AbortedError } from '../errors.ts'
import { viewOf, type Session } from '../model/session.ts'
import type { ClientContext } from '../service/client.ts'
import type { CallRecordings } from './clip-options.ts'

export interface CallRecorderOptions {
  readonly recPeriod: number
  readonly stereo: boolean
  readonly directory: string
  readonly onRecorded: ((recordings: CallRecordings) => void) | undefined
}

/** Records both legs of some of the calls, by node. */
export interface CallRecorder {
  /** What has to be known of a node before its first call. */
  prepare(context: ClientContext): Promise<void>
  /** Begins to record a call where it is the turn of one; gives the function that ends that. */
  start(caller: Session, callee: Session | undefined): Promise<(() => Promise<void>) | undefined>
}

interface NodeState {
  readonly directory: string
  readonly now: () => number
  recordedAt: number
}

/** Begins a recording; gives the function that ends it, and resolves once its file is complete. */
const record = async (leg: Session, path: string, stereo: boolean): Promise<() => Promise<void>> => {
  await leg.startRecord(path, { stereo })
  // A view of our own: others may wait for the same event. The hangup of the leg ends its recording, too.
  const complete = viewOf(leg.state, 0).recv(
    (event) => event.name === 'RECORD_STOP' && event.get('Record-File-Path') === path,
  )
  return async () => {
    await leg.stopRecord(path).catch((error: unknown) => {
      if (error instanceof AbortedError) throw error
    })
    await complete
  }
}

/** Each node has its own clock for `recPeriod`: one that carries fewer calls is recorded as often as the others. */
export const createCallRecorder = ({
  recPeriod,
  stereo,
  directory,
  onRecorded,
}: CallRecorderOptions): CallRecorder => {
  const nodes = new Map<string, NodeState>()

  const isDue = (node: NodeState | undefined): node is NodeState => {
    if (!node || recPeriod === Infinity || node.now() - node.recordedAt < recPeriod) return false
    node.recordedAt = node.now()
    return true
  }

  return {
    async prepare({ client }) {
      const known = nodes.get(client.name)
      nodes.set(client.name, {
        directory: directory === '' ? (await client.api('global_getvar recordings_dir')).trim() : directory,
        now: () => client.clock.now(),
        recordedAt: known?.recordedAt ?? -Infinity,
      })
    },
    async start(caller, callee) {
      const node = nodes.get(caller.node)
      if (!isDue(node)) return undefined
      const pathOf = (end: string, { uuid }: Session): string => `${node.directory}/${end}_${uuid}.wav`
      const files: CallRecordings = {
        node: caller.node,
        callUuid: caller.call.uuid,
        caller: pathOf('caller', caller),
        callee: callee && pathOf('callee', callee),
      }
      const legs = await Promise.all([
        record(caller, files.caller, stereo),
        ...(callee && files.callee !== undefined ? [record(callee, files.callee, stereo)] : []),
      ])
      return async () => {
        await Promise.all(legs.map((stop) => stop()))
        onRecorded?.(files)
      }
    },
  }
}
