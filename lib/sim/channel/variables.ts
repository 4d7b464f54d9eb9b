import type { Channel } from './channel.ts'
import { decode, encode, looksEncoded } from '../events/encode.ts'
import { flat } from '../events/flat.ts'
import { isNeverInBlocks } from './single-variables.ts'

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
}

export const noVariables = (): VariableStore => ({ parts: [], single: new Map() })

/** All variables, as headers. Not kept: it would be copied anyway, into what is sent. */
export const variablesText = ({ variables }: Channel): string => {
  let text = ''
  for (const part of variables.parts) text += part
  return text
}

const lines = new Map<string, string>()
const MOST_LINES = 4096

/** What the line of a variable begins with: names come again and again, so it is put together once. */
const lineOf = (name: string): string => {
  let line = lines.get(name)
  if (line === undefined) {
    line = flat(`\nvariable_${name}: `)
    if (lines.size < MOST_LINES) lines.set(name, line)
  }
  return line
}

/** A block without the lines of some variables. */
const without = (block: string, names: readonly string[]): string => {
  const cuts: (readonly [from: number, to: number])[] = []
  for (const name of names) {
    const from = block.indexOf(lineOf(name))
    if (from < 0) continue
    const end = block.indexOf('\n', from + 1)
    cuts.push([from, end < 0 ? block.length : end])
  }
  if (cuts.length === 0) return block
  cuts.sort((a, b) => a[0] - b[0])
  let out = ''
  let done = 0
  for (const [from, to] of cuts) {
    out += block.slice(done, from)
    done = to
  }
  return out + block.slice(done)
}

const dropSingle = (store: VariableStore, name: string): boolean => {
  const at = store.single.get(name)
  if (at === undefined) return false
  store.parts[at] = ''
  store.single.delete(name)
  return true
}

/** Takes variables away, wherever they are. */
const drop = (store: VariableStore, names: readonly string[]): void => {
  const inBlocks = names.filter((name) => !dropSingle(store, name) && !isNeverInBlocks(name))
  if (inBlocks.length === 0) return
  const { parts } = store
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? ''
    if (part !== '') parts[i] = without(part, inBlocks)
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
  const line = lineOf(name)
  const { parts, single } = channel.variables
  const own = single.get(name)
  if (own !== undefined) return valueIn(parts[own] ?? '', line)
  if (isNeverInBlocks(name)) return undefined
  for (const part of parts) {
    const value = valueIn(part, line)
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

const append = (store: VariableStore, name: string, value: string): void => {
  if (store.parts.length > MANY_PARTS) compact(store)
  store.single.set(name, store.parts.push(flat(lineOf(name) + encode(value))) - 1)
}

/** Takes a variable away. */
export const unsetVariable = (channel: Channel, name: string): void => {
  drop(channel.variables, [name])
  if (name === 'call_uuid') channel.callUuid = channel.uuid
}

/** Sets a variable, at the end of the others; an empty value unsets it. */
export const setVariable = (channel: Channel, name: string, value: string): void => {
  unsetVariable(channel, name)
  if (value === '') return
  append(channel.variables, name, value)
  if (looksEncoded(value)) channel.literal = true
  if (!/^[\x20-\x7e]*$/.test(name)) channel.wide = true
  if (name === 'call_uuid') channel.callUuid = value
}

/** Sets one that no block ever has, which saves looking for it there; an empty value unsets it. */
export const setOwn = (channel: Channel, name: string, value: string): void => {
  const store = channel.variables
  dropSingle(store, name)
  if (value === '') return
  append(store, name, value)
  if (looksEncoded(value)) channel.literal = true
}

/** Appends to a variable, where it stands: it becomes an array with its second value (`SWITCH_STACK_PUSH`). */
export const pushVariable = (channel: Channel, name: string, value: string): void => {
  const { parts, single } = channel.variables
  const at = single.get(name)
  const before = at === undefined ? undefined : getVariable(channel, name)
  if (at === undefined || before === undefined) setOwn(channel, name, value)
  else {
    const array = before.startsWith('ARRAY::') ? before : `ARRAY::${before}`
    parts[at] = lineOf(name) + encode(`${array}|:${value}`)
    if (looksEncoded(value)) channel.literal = true
  }
}

/** Takes away one that no block ever has. */
export const unsetOwn = (channel: Channel, name: string): void => {
  dropSingle(channel.variables, name)
}

/**
 * Sets variables by blocks, each with the key under which it is set again as a whole: a block of one by its name, one of
 * several by a key of its own, which begins with `#`; `''` for what stays.
 */
export const setParts = (
  channel: Channel,
  parts: readonly (readonly [key: string, lines: string])[],
): void => {
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
  if (already.length > 0) drop(store, already)
  store.parts.push(flat(block))
}

/** Whether a variable says yes, as FreeSWITCH reads it (`switch_true` in `src/include/switch_utils.h`). */
export const isTrue = (value: string | undefined): boolean =>
  value !== undefined && (/^(yes|on|true|t|enabled|active|allow)$/i.test(value) || Number(value) > 0)
