import { writeFile } from 'node:fs/promises'
import { createOriginator, type Originator } from '../dial/originator.ts'
import type { RunSummary } from '../dial/summary.ts'
import { ArgumentError, messageOf } from '../errors.ts'
import { CDR_FIELDS, type CallDetailRecord } from '../measure/cdr.ts'
import { createCsvStore, type RowStore } from '../measure/csv-store.ts'
import type { DialOptions } from './dial.ts'
import { createDisplay } from './display.ts'
import { EXIT } from './failure.ts'
import { onInterrupt, type Interrupt } from './interrupt.ts'
import { openNodes } from './nodes.ts'
import { summaryText } from './print-summary.ts'

/** A file that cannot be written is the caller's to mend. */
const cannotWrite = (option: string, path: string, error: unknown): never => {
  throw new ArgumentError(`${option}: cannot write ${path}: ${messageOf(error)}`, error)
}

const openCdrs = (path: string | undefined): Promise<RowStore<CallDetailRecord>> | undefined =>
  path === undefined
    ? undefined
    : createCsvStore(path, CDR_FIELDS).catch((error: unknown) => cannotWrite('--cdr', path, error))

/** Found out before the first call: an hour's summary must not be lost to a typing mistake. */
const checkSummaryFile = async (path: string | undefined): Promise<void> => {
  if (path !== undefined)
    await writeFile(path, '', { flag: 'a' }).catch((error: unknown) => cannotWrite('--summary', path, error))
}

/** Runs it to its end, showing how it goes. Listens to Ctrl-C from then on; the caller stops that. */
const follow = async (originator: Originator, what: string): Promise<Interrupt> => {
  const display = createDisplay(process.stdout)
  const say = (text: string): void => {
    display.end()
    process.stdout.write(text + '\n')
  }
  const interrupt = onInterrupt(
    () => {
      say('no more calls; those that are up end by themselves (Ctrl-C again hangs them up)')
      originator.stop()
    },
    () => {
      say('hanging up')
      void originator.hupall()
    },
  )
  say(what)
  for await (const progress of originator.run(display.interval)) display.show(progress)
  display.end()
  return interrupt
}

const exitCode = ({ offered, launched, answered, failed }: RunSummary, interrupted: boolean): number => {
  if (interrupted) return EXIT.interrupted
  return offered === launched && launched === answered && failed === 0 ? EXIT.ok : EXIT.failed
}

/** Runs `switchix dial` and gives its exit code. */
export const dial = async (hosts: readonly string[], options: DialOptions): Promise<number> => {
  const nodes = await openNodes(hosts, options)
  const { clients } = nodes
  let cdrs: RowStore<CallDetailRecord> | undefined
  let interrupt: Interrupt | undefined
  try {
    await checkSummaryFile(options.summary)
    cdrs = await openCdrs(options.cdr)
    const { rate, limit, maxOffered, duration, profile, proxy, destUrl: dest } = options
    await using originator = await createOriginator(clients, {
      rate,
      limit,
      maxOffered,
      duration,
      profile,
      proxy,
      dest,
      app: () => options.app.create(),
      onCdr: (cdr) => cdrs?.append(cdr),
    })
    const where = originator.nodes.map((node) => `${node.client.name} (to ${node.dest})`).join(', ')
    interrupt = await follow(originator, `${rate} calls/s of ${options.app.name} on ${where}`)
    const summary = originator.summary()
    process.stdout.write(summaryText(summary))
    if (options.summary !== undefined)
      await writeFile(options.summary, JSON.stringify(summary, null, 2) + '\n')
    const lost = clients.find((client) => client.lost)?.lost
    if (lost) throw lost
    return exitCode(summary, interrupt.count > 0)
  } finally {
    await cdrs?.close()
    await nodes.close()
    interrupt?.stop()
  }
}
