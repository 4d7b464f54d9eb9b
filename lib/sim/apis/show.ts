import { callRow, CALL_COLUMNS, channelRow, CHANNEL_COLUMNS, DETAILED_CALL_COLUMNS } from './show-rows.ts'
import { help } from './help.ts'
import { status } from './status.ts'
import { showTable } from './show-tables.ts'
import { writeCount, writeTable, type Table } from './show-format.ts'
import type { Channel } from '../channel/channel.ts'
import type { Switch } from '../core/switch.ts'

const USAGE =
  '-USAGE: codec|endpoint|application|api|dialplan|file|timer|calls [count]|channels [count|like <match string>]|calls|detailed_calls|bridged_calls|detailed_bridged_calls|aliases|complete|chat|management|modules|nat_map|say|interfaces|interface_types|tasks|limits|status\n'

const NOT_MODELLED = new Set(['complete', 'modules', 'interface_types'])

/** A bridged pair is one call, shown with its first leg. */
const callsOf = (channels: readonly Channel[], bridgedOnly: boolean): Channel[] =>
  channels.filter((channel) =>
    channel.partner === undefined ? !bridgedOnly : channel.other?.type !== 'originator',
  )

/** `like <text>` looks in these columns; `%` stands for anything (SQL's `like`). */
const likeness = (text: string): ((row: Readonly<Record<string, string>>) => boolean) => {
  const parts = (text.includes('%') ? text : `%${text}%`).split('%')
  const pattern = new RegExp(
    `^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('.*')}$`,
    'is',
  )
  return (row) => ['uuid', 'name', 'cid_name', 'cid_num'].some((name) => pattern.test(row[name] ?? ''))
}

const channelTable = (sw: Switch, like: string | undefined): Table => {
  const rows = [...sw.channels.values()].map((channel) => channelRow(sw, channel))
  return { columns: CHANNEL_COLUMNS, rows: like === undefined ? rows : rows.filter(likeness(like)) }
}

const CALLS = /^(detailed_)?(bridged_)?calls$/i

const callTable = (sw: Switch, what: string): Table | undefined => {
  const [, detailed, bridged] = CALLS.exec(what) ?? []
  if (!CALLS.test(what)) return undefined
  const rows = callsOf([...sw.channels.values()], bridged !== undefined).map((one) => callRow(sw, one))
  return { columns: detailed === undefined ? CALL_COLUMNS : DETAILED_CALL_COLUMNS, rows }
}

/**
 * `show channels|calls|bridged_calls|detailed_calls|application|api|codec|tasks|... [count|like <text>] [as delim|json|xml]`
 * (`show_function` in `mod_commands.c`).
 */
export const show = (sw: Switch, arg: string): string => {
  const words = arg.split(/ +/).filter((word) => word !== '')
  const behind = words.findIndex((word, i) => i > 0 && word.toLowerCase() === 'as')
  const as = behind < 0 ? [] : words.slice(behind + 1)
  const [what = '', how, text] = behind < 0 ? words : words.slice(0, behind)
  if (what === '') return USAGE
  if (/^status/i.test(what)) return status(sw)
  if (/^help/i.test(what)) return help(sw, how ?? '')
  if (NOT_MODELLED.has(what)) return `-ERR show ${what} is not modelled by the embedded switch\n`
  const like = how?.toLowerCase() === 'like' ? text : undefined
  const table =
    what.toLowerCase() === 'channels'
      ? channelTable(sw, like)
      : (callTable(sw, what) ?? showTable(sw, what, how))
  if (!table) return USAGE
  return how?.toLowerCase() === 'count' ? writeCount(table.rows.length, as) : writeTable(table, as)
}
