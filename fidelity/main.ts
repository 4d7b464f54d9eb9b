import { existsSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { compareRun, type Fidelity, type Score } from './compare.ts'
import { play } from './play.ts'
import { readScenario, scenarioFolders } from './scenario.ts'

interface Options {
  readonly json?: string
  readonly only?: string
  readonly verbose?: boolean
  readonly order: string
  readonly headers: string
  readonly replies: string
}

const percent = ({ same, of }: Score): number => (of === 0 ? 100 : (100 * same) / of)

/** Cut, not rounded: 99.99 is not 100. */
const shown = (score: Score): string => (Math.floor(percent(score) * 100) / 100).toFixed(2)

const sum = (rows: readonly Fidelity[], which: 'order' | 'headers' | 'replies'): Score => ({
  same: rows.reduce((total, row) => total + row[which].same, 0),
  of: rows.reduce((total, row) => total + row[which].of, 0),
})

const rowText = (
  name: string,
  events: number,
  order: Score,
  headers: Score,
  replies: Score,
  note: string,
): string =>
  `${name.padEnd(50)} ${String(events).padStart(6)} ${shown(order).padStart(8)} ${shown(headers).padStart(8)} ` +
  `${shown(replies).padStart(8)}  ${note}`

const noteOf = ({ modelled, races, leftOut }: Fidelity): string =>
  [
    ...(modelled ? [] : ['not modelled']),
    ...(leftOut > 0 ? [`left out: ${leftOut} events of calls from before`] : []),
    ...(races.length > 0 ? [`races: ${[...new Set(races)].join(', ')}`] : []),
  ].join('; ')

const run = async (folder: string, options: Options): Promise<number> => {
  if (!existsSync(folder)) {
    process.stderr.write(`fidelity: there is no folder ${folder}; name one with recordings in it\n`)
    return 2
  }
  const folders = scenarioFolders(folder).filter(
    (path) => !options.only || path.split('/').at(-1)?.startsWith(options.only),
  )
  if (folders.length === 0) {
    process.stderr.write(`fidelity: no recording (conn-*.chunks.jsonl) under ${folder}\n`)
    return 2
  }
  const rows: Fidelity[] = []
  console.log(`${'scenario'.padEnd(50)} events  order %  heads %  reply %`)
  for (const path of folders) {
    const scenario = readScenario(path)
    const row = compareRun(scenario, (await play(scenario)).frames)
    rows.push(row)
    console.log(rowText(row.scenario, row.events, row.order, row.headers, row.replies, noteOf(row)))
    if (options.verbose) {
      const counted = new Map<string, number>()
      for (const text of row.differences) counted.set(text, (counted.get(text) ?? 0) + 1)
      for (const [text, count] of counted) console.log(`    ${count > 1 ? `${count} x ` : ''}${text}`)
    }
  }
  return summarise(rows, options)
}

const summarise = (rows: readonly Fidelity[], options: Options): number => {
  const modelled = rows.filter((row) => row.modelled)
  const totals = {
    order: sum(modelled, 'order'),
    headers: sum(modelled, 'headers'),
    replies: sum(modelled, 'replies'),
  }
  const events = modelled.reduce((total, row) => total + row.events, 0)
  const note = `${modelled.length} of ${rows.length} scenarios modelled`
  console.log(
    rowText('total, of what is modelled', events, totals.order, totals.headers, totals.replies, note),
  )
  const low = (['order', 'headers', 'replies'] as const).filter(
    (which) => percent(totals[which]) < Number(options[which]),
  )
  for (const which of low) console.log(`${which}: ${shown(totals[which])} % is below ${options[which]} %`)
  if (options.json) {
    const table = {
      scenarios: rows.map((row) => ({
        ...row,
        order: percent(row.order),
        headers: percent(row.headers),
        replies: percent(row.replies),
      })),
      modelled: modelled.length,
      of: rows.length,
      total: {
        order: percent(totals.order),
        headers: percent(totals.headers),
        replies: percent(totals.replies),
      },
    }
    writeFileSync(options.json, `${JSON.stringify(table, undefined, 2)}\n`)
  }
  return low.length > 0 ? 1 : 0
}

await new Command('fidelity')
  .description(
    'Plays the client side of recordings to the embedded switch and says how like the real one it is',
  )
  .argument('<folder>', 'a folder of recordings, or one recording')
  .option('--json <file>', 'writes the table as JSON')
  .option('--only <prefix>', 'only the scenarios whose name begins so')
  .option('--verbose', 'says what differs')
  .option('--order <percent>', 'least order of events', '100')
  .option('--headers <percent>', 'least headers', '98')
  .option('--replies <percent>', 'least replies and bodies', '99')
  .action(async (folder: string, options: Options) => {
    process.exitCode = await run(folder, options)
  })
  .parseAsync()
