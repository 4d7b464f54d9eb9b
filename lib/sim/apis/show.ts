import { callRow, CALL_COLUMNS, channelRow, CHANNEL_COLUMNS, type Row } from './show-rows.ts'
import { APPLICATIONS } from '../applications/index.ts'
import type { Channel } from '../channel/channel.ts'
import type { Switch } from '../core/switch.ts'

const USAGE =
  '-USAGE: codec|endpoint|application|api|dialplan|file|timer|calls [count]|channels [count|like <match string>]|calls|detailed_calls|bridged_calls|detailed_bridged_calls|aliases|complete|chat|management|modules|nat_map|say|interfaces|interface_types|tasks|limits|status\n'

/** Rows as lines of commas, or as JSON, which puts its blanks differently when there is none. */
const print = (columns: readonly string[], rows: readonly Row[], json: boolean): string => {
  if (json) {
    if (rows.length === 0) return '{"row_count": 0}\n'
    const members = rows.map(
      (row) =>
        `{${columns.map((name) => `${JSON.stringify(name)}:${JSON.stringify(row[name] ?? '')}`).join(',')}}`,
    )
    return `{"row_count":${rows.length},"rows":[${members.join(',')}]}`
  }
  if (rows.length === 0) return '\n0 total.\n'
  const lines = rows.map((row) => `${columns.map((name) => row[name] ?? '').join(',')}\n`)
  return `${columns.join(',')}\n${lines.join('')}\n${rows.length} total.\n`
}

const applicationRows = (): Row[] =>
  [...APPLICATIONS.keys()].map((name) => ({ name, description: name, syntax: '', ikey: 'mod_dptools' }))

/** A bridged pair is one call, shown with its first leg. */
const callsOf = (channels: readonly Channel[], bridgedOnly: boolean): Channel[] =>
  channels.filter((channel) =>
    channel.partner === undefined ? !bridgedOnly : channel.other?.type !== 'originator',
  )

/** `show channels|calls|bridged_calls|application|registrations [count|like <text>] [as json]`. */
export const show = (sw: Switch, arg: string): string => {
  const json = / as json$/.test(arg)
  const [what = '', how = '', text = ''] = arg.replace(/ as json$/, '').split(/ +/)
  const channels = [...sw.channels.values()]
  const counted = (rows: number): string => (json ? `{"row_count":${rows}}\n` : `\n${rows} total.\n`)
  if (/ as /.test(arg) && !json) return `-ERR show ${arg} is not modelled by the embedded switch\n`
  if (what === 'channels') {
    const shown =
      how === 'like' ? channels.filter((one) => one.uuid.includes(text) || one.name.includes(text)) : channels
    if (how === 'count') return counted(shown.length)
    return print(
      CHANNEL_COLUMNS,
      shown.map((channel) => channelRow(sw, channel)),
      json,
    )
  }
  if (what === 'calls' || what === 'bridged_calls') {
    const calls = callsOf(channels, what === 'bridged_calls')
    if (how === 'count') return counted(calls.length)
    return print(
      CALL_COLUMNS,
      calls.map((channel) => callRow(sw, channel)),
      json,
    )
  }
  if (what === 'application') return print(['name', 'description', 'syntax', 'ikey'], applicationRows(), json)
  if (what === 'registrations') return print([], [], json)
  return USAGE.includes(what) && what !== ''
    ? `-ERR show ${arg} is not modelled by the embedded switch\n`
    : USAGE
}
