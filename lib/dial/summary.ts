import type { Figures, NodeFigures, RunSummary } from '../measure/summary/run-summary.ts'
import type { NodeLoad } from './nodes/node-load.ts'
import type { Tally } from './tally.ts'

export type {
  NodeFigures,
  Progress,
  RunFile,
  RunOutcome,
  RunSummary,
} from '../measure/summary/run-summary.ts'

const nodeFigures = ({ client, launched, answered, failed, active }: NodeLoad): NodeFigures => ({
  name: client.name,
  connected: client.connected,
  launched,
  answered,
  failed,
  active,
})

export const figuresOf = (tally: Tally, nodes: readonly NodeLoad[]): Figures => ({
  offered: tally.offered,
  launched: tally.launched,
  dropped: tally.dropped,
  droppedBy: { ...tally.droppedBy },
  answered: tally.answered,
  failed: tally.failed,
  recovered: tally.recovered,
  causes: Object.fromEntries([...tally.causes].sort(([, a], [, b]) => b - a)),
  latencyMs: {
    setup: tally.latency.setup.summary(),
    answer: tally.latency.answer.summary(),
    invite: tally.latency.invite.summary(),
    originate: tally.latency.originate.summary(),
    connect: tally.latency.connect.summary(),
  },
  nodes: nodes.map(nodeFigures),
})

const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** n calls have n - 1 gaps between them. */
const meanRate = (calls: number, from: number, to: number): number | null =>
  calls > 1 && to > from ? rounded(((calls - 1) * 1000) / (to - from)) : null

export const ratesOf = ({ offered, launched, span }: Tally): RunSummary['callsPerSecond'] => ({
  offered: meanRate(offered, span.firstDue, span.lastDue),
  launched: meanRate(launched, span.firstLaunch, span.lastLaunch),
})
