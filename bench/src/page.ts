import type { Row } from './throughput.ts'

/** What `results.json` keeps of a run. */
export interface Results {
  readonly on: { readonly node: string; readonly cpu: string; readonly cpus: number }
  readonly rows: readonly Row[]
  readonly paced: readonly Row[]
  readonly memory: { readonly sessions: number; readonly cameMB: number; readonly ratio: number }
  readonly calls: {
    readonly calls: number
    readonly cpuUsPerCall: number
    readonly heapMB: readonly number[]
  }
  readonly wakeUp: { readonly ownNs: number }
  readonly roundTrip: { readonly loopbackUs: number; readonly ownUs: number }
  readonly startup: { readonly nodeMs: number; readonly helpMs: number; readonly ratio: number }
}

const HEAD =
  '| client | headers read | µs an event | to the floor | events/s | |\n| --- | ---: | ---: | ---: | ---: | --- |'

const line = ({ client, headersRead, cpuUsPerEvent, ratioToFloor, eventsPerSecond, lost }: Row): string =>
  `| ${client} | ${client === 'floor' ? 'none' : client === 'switchix-stack' ? 'its own' : headersRead} | ` +
  `${cpuUsPerEvent.toFixed(2)} | ${ratioToFloor.toFixed(2)} | ${eventsPerSecond.toLocaleString('en')} | ` +
  `${lost === undefined ? '' : `until it lost ${lost.toLocaleString('en')} events`} |`

const table = (rows: readonly Row[]): string => [HEAD, ...rows.map(line)].join('\n')

const least = (values: readonly number[]): string => Math.min(...values).toFixed(1)
const most = (values: readonly number[]): string => Math.max(...values).toFixed(1)

/** The figures of a run as they stand in docs/speed.md. */
export const page = ({ on, rows, paced, memory, calls, wakeUp, roundTrip, startup }: Results): string =>
  `Node ${on.node}, ${on.cpus} cores, ${on.cpu}.

As fast as the client reads:

${table(rows)}

2,000 frames a second, head and body in segments of their own:

${table(paced)}

| what | measured |
| --- | ---: |
| ${memory.sessions.toLocaleString('en')} live sessions with 8 events each: memory, to the bytes that came (${memory.cameMB.toFixed(0)} MB) | ${memory.ratio.toFixed(3)} |
| ${calls.calls.toLocaleString('en')} calls one after another: heap, after each tenth | ${least(calls.heapMB)} to ${most(calls.heapMB)} MB |
| a call of those: five events, a timer, and a flow that awaits two of them | ${calls.cpuUsPerCall.toFixed(1)} µs |
| a \`recv\` that waits, and its wake-up, beyond the bare promise | ${(wakeUp.ownNs / 1000).toFixed(2)} µs |
| a command and its reply, beyond the loopback's round trip (${roundTrip.loopbackUs.toFixed(0)} µs) | ${roundTrip.ownUs.toFixed(0)} µs |
| \`switchix --help\`, to \`node -e 0\` (${startup.nodeMs.toFixed(0)} ms) | ${startup.ratio.toFixed(2)} |`

const FROM = '<!-- measured -->'
const TO = '<!-- /measured -->'

/** A text with the figures in place of those that stand in it. */
export const withFigures = (text: string, results: Results): string => {
  const [before = '', rest = ''] = text.split(FROM)
  return `${before}${FROM}\n\n${page(results)}\n\n${TO}${rest.split(TO)[1] ?? ''}`
}
