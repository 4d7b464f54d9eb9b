import type { Channel } from './channel.ts'
import { decode, encode } from './encode.ts'

/**
 * A channel's variables are kept as the text that its events carry, `\nvariable_name: value` after `\nvariable_…`: most
 * of them are set in blocks and only ever copied. One that is set again moves to the end, as in FreeSWITCH
 * (`switch_channel_set_variable_var_check` in `src/switch_channel.c`).
 */

const lineOf = (name: string): string => `\nvariable_${name}: `

const cut = (text: string, at: number): string => {
  const end = text.indexOf('\n', at + 1)
  return end < 0 ? text.slice(0, at) : text.slice(0, at) + text.slice(end)
}

/** A variable's value; undefined for one that is not set. */
export const getVariable = (channel: Channel, name: string): string | undefined => {
  const line = lineOf(name)
  const at = channel.variables.indexOf(line)
  if (at < 0) return undefined
  const from = at + line.length
  const end = channel.variables.indexOf('\n', from)
  return decode(channel.variables.slice(from, end < 0 ? undefined : end))
}

/** Takes a variable away. */
export const unsetVariable = (channel: Channel, name: string): void => {
  const at = channel.variables.lastIndexOf(lineOf(name))
  if (at >= 0) channel.variables = cut(channel.variables, at)
  if (name === 'call_uuid') channel.callUuid = channel.uuid
}

/** Sets a variable, at the end of the others; an empty value unsets it. */
export const setVariable = (channel: Channel, name: string, value: string): void => {
  unsetVariable(channel, name)
  if (value === '') return
  channel.variables += lineOf(name) + encode(value)
  if (name === 'call_uuid') channel.callUuid = value
}

/** Sets a block of variables, given as encoded lines, of which `already` may be set before. */
export const setBlock = (channel: Channel, block: string, already: readonly string[] = []): void => {
  for (const name of already) {
    const at = channel.variables.lastIndexOf(lineOf(name))
    if (at >= 0) channel.variables = cut(channel.variables, at)
  }
  channel.variables += block
}

/** Whether a variable says yes, as FreeSWITCH reads it (`switch_true` in `src/include/switch_utils.h`). */
export const isTrue = (value: string | undefined): boolean =>
  value !== undefined && (/^(yes|on|true|t|enabled|active|allow)$/i.test(value) || Number(value) > 0)
