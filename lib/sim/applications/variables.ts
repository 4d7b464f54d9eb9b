import type { Application } from '../execution/execution.ts'
import type { Channel } from '../channel/channel.ts'
import { getVariable, setVariable, unsetVariable } from '../channel/variables.ts'

const assign = (channel: Channel, pair: string): string => {
  const equals = pair.indexOf('=')
  const name = (equals < 0 ? pair : pair.slice(0, equals)).trim()
  const value = equals < 0 ? '' : pair.slice(equals + 1)
  if (name === '') return name
  if (value === '_undef_') unsetVariable(channel, name)
  else setVariable(channel, name, value)
  return name
}

/** `set name=value`; without a value it unsets. */
export const set: Application = (_, run) => {
  assign(run.channel, run.arg)
  run.end()
}

/** `multiset [^^<delimiter>]a=b c=d`. */
export const multiset: Application = (_, run) => {
  const [, delimiter = ' ', pairs = ''] = /^(?:\^\^(.))?([^]*)$/.exec(run.arg) ?? []
  for (const pair of pairs.split(delimiter)) assign(run.channel, pair)
  run.end()
}

/** `multiunset [^^<delimiter>]a b`. */
export const multiunset: Application = (_, run) => {
  const [, delimiter = ' ', names = ''] = /^(?:\^\^(.))?([^]*)$/.exec(run.arg) ?? []
  for (const name of names.split(delimiter)) if (name !== '') unsetVariable(run.channel, name)
  run.end()
}

/** `export [nolocal:]name=value`: sets it here, and on the legs that this one dials. */
export const exportApp: Application = (_, run) => {
  const name = assign(run.channel, run.arg)
  if (name !== '') {
    const before = getVariable(run.channel, 'export_vars')
    const names = new Set(before === undefined ? [] : before.split(','))
    setVariable(run.channel, 'export_vars', [...names.add(name)].join(','))
  }
  run.end()
}

/** `unset name`. */
export const unset: Application = (_, run) => {
  unsetVariable(run.channel, run.arg.trim())
  run.end()
}
