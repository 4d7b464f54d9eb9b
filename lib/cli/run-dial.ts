import type { Fields } from '../dial/destination/template.ts'
import { servePrometheus, type PrometheusExporter } from '../dial/export/prometheus.ts'
import { runMetrics } from '../dial/metrics.ts'
import { createOriginator, type Originator } from '../dial/originator.ts'
import type { RunSummary } from '../dial/summary.ts'
import { nameOf } from '../esl/parties.ts'
import { closeAll } from '../flow/close-all.ts'
import type { CallDetailRecord } from '../measure/cdr/cdr.ts'
import { parseThreshold } from '../measure/threshold.ts'
import type { Call } from '../model/call.ts'
import { concluder } from './conclude-dial.ts'
import { openDialFiles } from './dial-files.ts'
import { interruptDial, type DialStage } from './dial-interrupt.ts'
import { loadOf } from './dial-load.ts'
import type { DialOptions } from './dial-options.ts'
import { createDisplay } from './display/display.ts'
import { EXIT } from './failure.ts'
import { listenToKeys } from './keys.ts'
import { withPassword } from './password.ts'
import { openNodes, type Nodes } from './nodes.ts'
import { restoreOnCrash } from './restore-on-crash.ts'

const exitCode = (summary: RunSummary): number => {
  if (summary.nodes.some(({ connected }) => !connected)) return EXIT.unreachable
  if (!summary.health.valid) return EXIT.invalid
  return summary.thresholds.every(({ ok }) => ok) ? EXIT.ok : EXIT.threshold
}

/** A switch that is away this long is lost, in ms: its calls end with it. */
const RECONNECT = { keepSessions: 10_000 }

/** Runs `switchix dial` and gives its exit code. */
export const dial = async (hosts: readonly string[], options: DialOptions): Promise<number> => {
  // All that was typed is looked at before anything is opened.
  for (const text of options.threshold ?? [])
    parseThreshold(
      text,
      runMetrics(() => undefined),
    )
  const load = await loadOf(options)
  const display = createDisplay(process.stdout)
  const { say } = display
  let stage: DialStage = 'opening'
  let originator: Originator | undefined
  let exporter: PrometheusExporter | undefined
  const files = await openDialFiles(options)
  let nodes: Nodes | undefined
  let made: Originator | undefined
  let unguard: (() => void) | undefined

  const conclude = concluder({
    files,
    load,
    summary: () => originator?.summary(),
    interrupted: () => interrupt.count > 0,
    closing: () => (stage = 'closing'),
  })
  const interrupt = interruptDial({ stage: () => stage, originator: () => originator, say, conclude })

  const follow = async (run: Originator, what: string): Promise<void> => {
    const keys = listenToKeys(process.stdin, run, interrupt.press, say)
    try {
      say(what)
      for (const warning of run.warnings) process.stderr.write(`switchix: ${warning}\n`)
      for await (const progress of run.run(display.interval)) display.show(progress)
    } finally {
      keys.stop()
    }
  }

  const ended = (cdr: CallDetailRecord, call: Call | undefined, fields: Fields): void => {
    files.ended(cdr, call, fields)
    exporter?.ended(cdr)
  }

  const run = async (): Promise<number> => {
    if (options.prometheus) exporter = await servePrometheus(options.prometheus, () => originator?.progress())
    nodes = await withPassword(options.password, (password) =>
      openNodes(hosts, { password, reconnect: RECONNECT }),
    )
    stage = 'preparing'
    // Rows that nobody reads are not made.
    const onCdr = files.wantsCalls || exporter ? ended : undefined
    made = await createOriginator(nodes.clients, { ...load, onCdr })
    await files.keep(made.measures)
    unguard = restoreOnCrash(made, conclude)
    originator = made
    if (interrupt.count === 0) {
      stage = 'running'
      const where = made.nodes.map((node) => `${node.client.name} (to ${nameOf(node.dest)})`).join(', ')
      const apps = Object.keys(made.settings.weights).join(', ')
      await follow(made, `${made.settings.rate} calls/s of ${apps} on ${where}`)
    }
    const summary = conclude()
    return summary && interrupt.count === 0 ? exitCode(summary) : interrupt.exitCode
  }

  const close = (): Promise<void> =>
    closeAll([
      () => made?.close(),
      () => nodes?.close(),
      () => exporter?.close(),
      () => files.close(),
      () => unguard?.(),
      () => interrupt.stop(),
    ])
  let code: number
  try {
    code = await run()
  } catch (error) {
    conclude(error)
    await close().catch(() => undefined)
    throw error
  }
  await close()
  // Whatever else a run came to: without its rows it cannot be relied on.
  const own = code === EXIT.ok || code === EXIT.invalid || code === EXIT.threshold
  return own && !files.whole ? EXIT.files : code
}
