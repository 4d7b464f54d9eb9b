import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { BUILT_IN_APPS } from '../apps/registry.ts'
import { createOriginator, type Originator } from '../dial/originator.ts'
import type { RunSummary } from '../dial/tally.ts'
import { ArgumentError } from '../errors.ts'
import { CDR_FIELDS, type CallDetailRecord } from '../measure/cdr.ts'
import { createCsvStore, type RowStore } from '../measure/csv-store.ts'
import type { Client } from '../service/client.ts'
import { profileAddress } from '../service/profile.ts'
import type { DialOptions } from './dial.ts'
import { createDisplay } from './display.ts'
import { EXIT } from './failure.ts'
import { onInterrupt, type Interrupt } from './interrupt.ts'
import { openNodes } from './nodes.ts'
import { summaryText } from './print-summary.ts'

/** A file that cannot be written is the caller's to mend. */
const cannotWrite = (option: string, path: string, error: unknown): never => {
  const reason = error instanceof Error ? error.message : String(error)
  throw new ArgumentError(`${option}: cannot write ${path}: ${reason}`, error)
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

/** Loads the app on each node under an id that is this run's alone, so that nobody else's calls are hung up with ours. */
const loadApp = async (clients: readonly Client[], name: string): Promise<string> => {
  const id = `dial-${randomBytes(3).toString('hex')}`
  const app = BUILT_IN_APPS.find((each) => each.name === name)
  if (!app) throw new ArgumentError(`there is no app "${name}"`)
  for (const client of clients) await client.load(app.create(), { id })
  return id
}

/** The Request-URI of the calls: each switch calls itself, at the address of the profile. */
const destination = async ([client]: readonly Client[], options: DialOptions): Promise<string> => {
  if (options.destUrl !== undefined) return options.destUrl
  return `park@${client ? await profileAddress(client, options.profile) : ''}`
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
    const dest = await destination(clients, options)
    cdrs = await openCdrs(options.cdr)
    const { rate, limit, maxOffered, duration, profile, proxy } = options
    const originator = createOriginator(clients, {
      dest,
      rate,
      limit,
      maxOffered,
      duration,
      profile,
      ...(proxy === undefined ? {} : { proxy }),
      app: await loadApp(clients, options.app),
      onCdr: (cdr) => cdrs?.append(cdr),
    })
    const names = clients.map(({ name }) => name).join(', ')
    interrupt = await follow(originator, `${rate} calls/s of ${options.app} on ${names}, to ${dest}`)
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
