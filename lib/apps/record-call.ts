import { AbortedError } from '../errors.ts'
import { viewOf, type Session } from '../model/session.ts'
import type { ClientContext } from '../service/client.ts'
import type { CallRecordings } from './clip-options.ts'

export interface CallRecorderOptions {
  readonly recPeriod: number
  readonly stereo: boolean
  readonly directory: string
}

/** One leg, and the file that it was recorded in. */
export interface RecordedLeg {
  readonly session: Session
  readonly path: string
  /** When it began, in ms since the epoch by the switch's clock. */
  readonly startedAt: number
}

/** A call of which the files are complete. */
export interface RecordedCall {
  readonly files: CallRecordings
  readonly caller: RecordedLeg
  readonly callee: RecordedLeg | undefined
}

/** Records both legs of some of the calls, by node. */
export interface CallRecorder {
  /** What has to be known of a node before its first call. */
  prepare(context: ClientContext): Promise<void>
  /** Begins to record a call where it is the turn of one; gives the function that ends that. */
  start(caller: Session, callee: Session | undefined): Promise<(() => Promise<RecordedCall>) | undefined>
}

interface NodeState {
  readonly directory: string
  readonly now: () => number
  recordedAt: number
}

interface Running {
  readonly leg: RecordedLeg
  stop(): Promise<void>
}

/** Begins a recording; what ends it resolves once its file is complete. */
const record = async (session: Session, path: string, stereo: boolean): Promise<Running> => {
  await session.startRecord(path, { stereo })
  const of = (name: string) => (event: { name: string; get(header: string): string | undefined }) =>
    event.name === name && event.get('Record-File-Path') === path
  const startedAt = session.history.find(of('RECORD_START'))?.time ?? Number.NaN
  // A view of our own: others may wait for the same event. The hangup of the leg ends its recording, too.
  const complete = viewOf(session.state, 0).recv(of('RECORD_STOP'))
  return {
    leg: { session, path, startedAt },
    async stop() {
      await session.stopRecord(path).catch((error: unknown) => {
        if (error instanceof AbortedError) throw error
      })
      await complete
    },
  }
}

/** Each node has its own clock for `recPeriod`: one that carries fewer calls is recorded as often as the others. */
export const createCallRecorder = ({ recPeriod, stereo, directory }: CallRecorderOptions): CallRecorder => {
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
      const start = (end: string, session: Session): Promise<Running> =>
        record(session, `${node.directory}/${end}_${session.uuid}.wav`, stereo)
      const [first, second] = await Promise.all([start('caller', caller), callee && start('callee', callee)])
      return async () => {
        await Promise.all([first.stop(), second?.stop()])
        const files = {
          node: caller.node,
          callUuid: caller.call.uuid,
          caller: first.leg.path,
          callee: second?.leg.path,
        }
        return { files, caller: first.leg, callee: second?.leg }
      }
    },
  }
}
