import type { Channel } from './channel.ts'
import { decode } from '../events/encode.ts'
import { flat } from '../events/flat.ts'
import { lineOf } from '../events/known-lines.ts'
import { nameOf } from './variable-names.ts'

/**
 * A channel's variables, kept as the text that its events carry, `\nvariable_name: value` after `\nvariable_…`: most of
 * them are set in blocks and only ever copied. One that is set again moves to the end, as in FreeSWITCH
 * (`switch_channel_set_variable_var_check` in `src/switch_channel.c`).
 */
export interface VariableStore {
  /** Blocks of many variables, and lines of one, in order. */
  parts: string[]
  /** Where the lines of one are among the parts. */
  single: Map<string, number>
  /** Whether there ever was one that asks for something to be done at some moment. */
  hooks: boolean
}

export const noVariables = (): VariableStore => ({ parts: [], single: new Map(), hooks: false })

/** All variables, as headers. Not kept: it would be copied anyway, into what is sent. */
export const variablesText = ({ variables }: Channel): string => {
  let text = ''
  for (const part of variables.parts) text += part
  return text
}

/** A block without the line of a variable. */
const without = (block: string, line: string): string => {
  const from = block.indexOf(line)
  if (from < 0) return block
  const end = block.indexOf('\n', from + 1)
  return end < 0 ? block.slice(0, from) : block.slice(0, from) + block.slice(end)
}

const dropSingle = (store: VariableStore, name: string): boolean => {
  const at = store.single.get(name)
  if (at === undefined) return false
  store.parts[at] = ''
  store.single.delete(name)
  return true
}

/** Takes a variable away, wherever it is. */
const drop = (store: VariableStore, name: string): void => {
  if (dropSingle(store, name)) return
  const { begins, inBlocks } = nameOf(name)
  if (!inBlocks) return
  const { parts } = store
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? ''
    if (part !== '') parts[i] = without(part, begins)
  }
}

const valueIn = (part: string, line: string): string | undefined => {
  const at = part.indexOf(line)
  if (at < 0) return undefined
  const end = part.indexOf('\n', at + line.length)
  return decode(part.slice(at + line.length, end < 0 ? undefined : end))
}

/** A variable's value; undefined for one that is not set. */
export const getVariable = (channel: Channel, name: string): string | undefined => {
  const { begins, inBlocks } = nameOf(name)
  const { parts, single } = channel.variables
  const own = single.get(name)
  if (own !== undefined) return valueIn(parts[own] ?? '', begins)
  if (!inBlocks) return undefined
  for (const part of parts) {
    const value = valueIn(part, begins)
    if (value !== undefined) return value
  }
  return undefined
}

const MANY_PARTS = 200

/** Drops the gaps that lines have left which were set again: a call may last, and set a variable for ever. */
const compact = (store: VariableStore): void => {
  const names = new Map([...store.single].map(([name, at]) => [at, name]))
  const kept = [...store.parts.entries()].filter(([, part]) => part !== '')
  store.parts = kept.map(([, part]) => part)
  for (const [at, [before]] of kept.entries()) {
    const name = names.get(before)
    if (name !== undefined) store.single.set(name, at)
  }
}

const append = (channel: Channel, name: string, value: string): void => {
  const store = channel.variables
  if (store.parts.length > MANY_PARTS) compact(store)
  const about = nameOf(name)
  const { text, literal } = lineOf(about, value)
  store.single.set(name, store.parts.push(text) - 1)
  if (literal) channel.literal = true
  if (about.hook) store.hooks = true
  if (about.wide) channel.wide = true
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
  append(channel, name, value)
  if (name === 'call_uuid') channel.callUuid = value
}

/** Sets one that no block ever has, which saves looking for it there; an empty value unsets it. */
export const setOwn = (channel: Channel, name: string, value: string): void => {
  dropSingle(channel.variables, name)
  if (value !== '') append(channel, name, value)
}

const asArray = (value: string): string => (value.startsWith('ARRAY::') ? value : `ARRAY::${value}`)

/** Appends to a variable, where it stands: it becomes an array with its second value (`SWITCH_STACK_PUSH`). */
export const pushVariable = (channel: Channel, name: string, value: string): void => {
  const { parts, single } = channel.variables
  const at = single.get(name)
  const before = at === undefined ? undefined : getVariable(channel, name)
  if (at === undefined || before === undefined) setOwn(channel, name, value)
  else {
    const { text, literal } = lineOf(nameOf(name), `${asArray(before)}|:${value}`)
    parts[at] = text
    if (literal) channel.literal = true
  }
}

/** Takes away one that no block ever has. */
export const unsetOwn = (channel: Channel, name: string): void => {
  dropSingle(channel.variables, name)
}

/** Variables that are set again as one, under a key: the name of the only one, or one of its own, which begins with `#`. */
export type Part = readonly [key: string, lines: string]

/** The part that is the line of one variable; `encoded` is its value as it goes out. */
export const partOf = (name: string, encoded: string): Part => [name, nameOf(name).begins + encoded]

/** Sets variables by blocks; those with the key `''` stay. */
export const setParts = (channel: Channel, parts: readonly Part[]): void => {
  const store = channel.variables
  for (const [key] of parts) if (key !== '') dropSingle(store, key)
  for (const [key, lines] of parts) {
    const at = store.parts.push(flat(lines)) - 1
    if (key !== '') store.single.set(key, at)
  }
}

/** Sets a block of variables, given as encoded lines, of which `already` may be set before. */
export const setBlock = (channel: Channel, block: string, already: readonly string[] = []): void => {
  const store = channel.variables
  for (const name of already) drop(store, name)
  store.parts.push(flat(block))
}

/** Whether a variable says yes, as FreeSWITCH reads it (`switch_true` in `src/include/switch_utils.h`). */
export const isTrue = (value: string | undefined): boolean =>
  value !== undefined && (/^(yes|on|true|t|enabled|active|allow)$/i.test(value) || Number(value) > 0)
