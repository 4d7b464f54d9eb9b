import type { NodeFigures, Progress } from '../../dial/summary.ts'
import type { LatencySummary } from '../../measure/latency.ts'
import type { Speed } from './speed.ts'

const number = (value: number | null): string => (value === null ? '-' : value.toFixed(1))

const row = (name: string, ...texts: readonly string[]): string => `  ${name.padEnd(9)}${texts.join('  ')}`

const latency = (name: string, { p50, p95, p99 }: LatencySummary): string =>
  row(name, `p50 ${number(p50)}`, `p95 ${number(p95)}`, `p99 ${number(p99)} ms`)

const drops = ({ limit, late, nodes }: Progress['droppedBy']): string => {
  const reasons = Object.entries({ limit, late, 'no server': nodes }).filter(([, count]) => count > 0)
  return reasons.length === 0 ? '' : `(${reasons.map(([name, count]) => `${name} ${count}`).join(', ')})`
}

/** The most causes, and servers, that are shown: the block must fit on a screen. */
const MOST = 6

const causes = (counts: Progress['causes']): string => {
  const entries = Object.entries(counts)
  const shown = entries.slice(0, MOST).map(([cause, count]) => `${cause} ${count}`)
  return [...shown, ...(entries.length > MOST ? [`and ${entries.length - MOST} more`] : [])].join('  ')
}

const nodeRow = ({ name, connected, active, launched, answered, failed }: NodeFigures): string =>
  row('', `${name}${connected ? '' : ' (lost)'}`, `active ${active}`, `launched ${launched}`, `answered ${answered}`, `failed ${failed}`) // prettier-ignore

const stateOf = ({ paused, state }: Progress): string =>
  paused ? 'paused' : state === 'STOPPED' ? 'draining' : ''

/** The keys that the dialer listens to, and what they would do now. */
const keys = ({ paused, state }: Progress): string =>
  state === 'STOPPED'
    ? 'q hang up'
    : `+ - 1 call/s more, less   * / 10 more, less   p ${paused ? 'go on' : 'pause'}   q no more calls, q q hang up`

/** How a run is going, for a terminal: some lines that are written over and over. */
export const liveBlock = (now: Progress, speed: Speed): string[] => [
  '',
  row(`${(now.elapsedMs / 1000).toFixed(1)} s`, `asked ${number(now.rate)}`, `launched ${number(speed.launched)}`, `answered ${number(speed.answered)} calls/s`, stateOf(now)), // prettier-ignore
  row('calls', `active ${now.active}`, `offered ${now.offered}`, `answered ${now.answered}`, `failed ${now.failed}`, `dropped ${now.dropped}`, drops(now.droppedBy)), // prettier-ignore
  row('causes', causes(now.causes)),
  latency('set-up', now.latencyMs.setup),
  latency('connect', now.latencyMs.connect),
  latency('lag', now.launchLagMs),
  ...(now.nodes.length > 1 ? now.nodes.slice(0, MOST).map(nodeRow) : []),
  '',
  `  ${keys(now)}`,
]
