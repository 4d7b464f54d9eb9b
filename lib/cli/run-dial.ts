import { writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { junitXml } from '../dial/export/junit.ts'
import { summaryJson } from '../dial/export/summary-json.ts'
import { servePrometheus, type PrometheusExporter } from '../dial/export/prometheus.ts'
import { nameOf } from '../esl/parties.ts'
import { createOriginator, type Originator } from '../dial/originator.ts'
import { runMetrics } from '../dial/metrics.ts'
import type { RunSummary } from '../dial/summary.ts'
import type { CallDetailRecord } from '../measure/cdr/cdr.ts'
import { parseThreshold } from '../measure/threshold.ts'
import type { Call } from '../model/call.ts'
import { loadOf } from './dial-load.ts'
import { interruptDial, type DialStage } from './dial-interrupt.ts'
import type { DialOptions } from './dial-options.ts'
import { createDisplay } from './display/display.ts'
import { summaryText } from './display/summary-text.ts'
import { EXIT } from './failure.ts'
import { listenToKeys } from './keys.ts'
import { openNodes } from './nodes.ts'
import { restoreOnCrash } from './restore-on-crash.ts'
import type { RunReporter } from './run-reporter.ts'
import { cannotWrite, openStores, type RunStores } from './run-stores.ts'

/** Found out before the first call: an hour's summary must not be lost to a typing mistake. */
const checkFile = async (option: string, path: string | undefined): Promise<void> => {
  if (path !== undefined)
    await writeFile(path, '', { flag: 'a' }).catch((error: unknown) => cannotWrite(option, path, error))
}

const exitCode = (summary: RunSummary, interrupted: boolean): number => {
  if (interrupted) return EXIT.interrupted
  if (summary.nodes.some(({ connected }) => !connected)) return EXIT.unreachable
  if (!summary.health.valid) return EXIT.invalid
  return summary.thresholds.every(({ ok }) => ok) ? EXIT.ok : EXIT.threshold
}

/** A switch that is away this long is lost, in ms: its calls end with it. */
const RECONNECT = { keepSessions: 10_000 }

// A function of its own: beside an `await using`, TypeScript 6 leaves the name of what is imported as it is, ending in .ts.
const openReporter = async (): Promise<RunReporter> => (await import('./run-reporter.ts')).createRunReporter()

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
  let reporter: RunReporter | undefined

  /** Once; whatever the run came to by then. */
  const conclude = (): RunSummary | undefined => {
    const summary = originator?.summary()
    originator = undefined
    if (!summary) return undefined
    stage = 'closing'
    process.stdout.write(summaryText(summary))
    if (options.summary !== undefined) writeFileSync(options.summary, summaryJson(summary))
    if (options.junit !== undefined) writeFileSync(options.junit, junitXml(summary))
    if (options.report !== undefined) reporter?.write(options.report, summary)
    return summary
  }

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

  const nodes = await openNodes(hosts, { password: options.password, reconnect: RECONNECT })
  let stores: RunStores | undefined
  let exporter: PrometheusExporter | undefined
  let unguard: (() => void) | undefined
  try {
    await checkFile('--summary', options.summary)
    await checkFile('--junit', options.junit)
    await checkFile('--report', options.report)
    // Only who asks for it pays for it.
    if (options.report !== undefined) reporter = await openReporter()
    stores = await openStores(options.cdr)
    if (options.prometheus) exporter = await servePrometheus(options.prometheus, () => originator?.progress())
    const append = (cdr: CallDetailRecord, call: Call | undefined): void => {
      stores?.append(cdr)
      exporter?.ended(cdr)
      reporter?.ended(cdr, call)
    }
    // Rows that nobody reads are not made.
    const onCdr = options.cdr === undefined && !exporter && !reporter ? undefined : append
    stage = 'preparing'
    await using run = await createOriginator(nodes.clients, { ...load, onCdr })
    await stores.keep(run.measures)
    reporter?.listen(run.measures)
    unguard = restoreOnCrash(run, conclude)
    originator = run
    if (interrupt.count > 0) {
      conclude()
      return EXIT.interrupted
    }
    stage = 'running'
    const where = run.nodes.map((node) => `${node.client.name} (to ${nameOf(node.dest)})`).join(', ')
    const apps = Object.keys(run.settings.weights).join(', ')
    try {
      await follow(run, `${run.settings.rate} calls/s of ${apps} on ${where}`)
    } catch (error) {
      conclude()
      throw error
    }
    const summary = conclude()
    return summary ? exitCode(summary, interrupt.count > 0) : EXIT.interrupted
  } finally {
    await stores?.close()
    await exporter?.close()
    await nodes.close()
    unguard?.()
    interrupt.stop()
  }
}
