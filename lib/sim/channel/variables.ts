import type { Channel } from './channel.ts'
import { flat } from '../events/flat.ts'
import { lineOf } from '../events/known-lines.ts'
import { nameOf } from './variable-names.ts'
import { append, drop, dropPart, valueOf } from './variable-store.ts'

/** All variables, as headers. Not kept: it would be copied anyway, into what is sent. */
export const variablesText = ({ variables }: Channel): string => {
  let text = ''
  for (const part of variables.parts) text += part
  return text
}

/** A variable's value; undefined for one that is not set. */
export const getVariable = ({ variables }: Channel, name: string): string | undefined =>
  valueOf(variables, name)

/** The line of a variable; what it asks of the events that carry it is noted. */
const newLine = (channel: Channel, name: string, value: string): string => {
  const about = nameOf(name)
  const { text, literal } = lineOf(about, value)
  if (literal) channel.literal = true
  if (about.hook) channel.variables.hooks = true
  if (about.wide) channel.wide = true
  return text
}

/** Takes a variable away. */
export const unsetVariable = (channel: Channel, name: string): void => {
  drop(channel.variables, name)
  if (name === 'call_uuid') channel.callUuid = channel.uuid
}

/** Sets a variable, at the end of the others; an empty value unsets it. */
export const setVariable = (channel: Channel, name: string, value: string): void => {
  unsetVariable(channel, name)
  if (value === '') return
  append(channel.variables, name, newLine(channel, name, value))
  if (name === 'call_uuid') channel.callUuid = value
}

/** Sets one that no block ever has, which saves looking for it there; an empty value unsets it. */
export const setOwn = (channel: Channel, name: string, value: string): void => {
  dropPart(channel.variables, name)
  if (value !== '') append(channel.variables, name, newLine(channel, name, value))
}

const asArray = (value: string): string => (value.startsWith('ARRAY::') ? value : `ARRAY::${value}`)

/** Appends to a variable, where it stands: it becomes an array with its second value (`SWITCH_STACK_PUSH`). */
export const pushVariable = (channel: Channel, name: string, value: string): void => {
  const { parts, single } = channel.variables
  const at = single.get(name)
  const before = at === undefined ? undefined : getVariable(channel, name)
  if (at === undefined || before === undefined) setOwn(channel, name, value)
  else parts[at] = newLine(channel, name, `${asArray(before)}|:${value}`)
}

/** Takes away one that no block ever has. */
export const unsetOwn = ({ variables }: Channel, name: string): void => void dropPart(variables, name)

/** Variables that are set again as one, under a key: the name of the only one, or one of its own, which begins with `#`. */
export type Part = readonly [key: string, lines: string]

/** The part that is the line of one variable; `encoded` is its value as it goes out. */
export const partOf = (name: string, encoded: string): Part => [name, nameOf(name).begins + encoded]

/** Sets variables by blocks; those with the key `''` stay. */
export const setParts = ({ variables }: Channel, parts: readonly Part[]): void => {
  for (const [key] of parts) if (key !== '') dropPart(variables, key)
  for (const [key, lines] of parts) append(variables, key, flat(lines))
}

/** Sets a block of variables, given as encoded lines, of which `already` may be set before. */
export const setBlock = ({ variables }: Channel, block: string, already: readonly string[] = []): void => {
  for (const name of already) drop(variables, name)
  append(variables, '', flat(block))
}

/** Whether a variable says yes, as FreeSWITCH reads it (`switch_true` in `src/include/switch_utils.h`). */
export const isTrue = (value: string | undefined): boolean =>
  value !== undefined && (/^(yes|on|true|t|enabled|active|allow)$/i.test(value) || Number(value) > 0)
