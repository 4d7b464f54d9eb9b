import { decode } from '../events/encode.ts'
import { nameOf } from './variable-names.ts'

/**
 * A channel's variables, kept as the text that its events carry, `\nvariable_name: value` after `\nvariable_…`: most of
 * them are set in blocks and only ever copied. One that is set again moves to the end, as in FreeSWITCH
 * (`switch_channel_set_variable_var_check` in `src/switch_channel.c`).
 */
export interface VariableStore {
  /** Blocks of many variables, and lines of one, in order; `''` where one was taken away. */
  parts: string[]
  /** Where the parts are that have a key: the name of their only variable, or one that begins with `#`. */
  readonly single: Map<string, number>
  /** Whether there ever was one that asks for something to be done at some moment. */
  hooks: boolean
}

export const noVariables = (): VariableStore => ({ parts: [], single: new Map(), hooks: false })

const MANY_PARTS = 200

/** Drops the gaps that parts have left which were set again: a call may last, and set a variable for ever. */
const compact = (store: VariableStore): void => {
  const keys = new Map([...store.single].map(([key, at]) => [at, key]))
  const kept = [...store.parts.entries()].filter(([, part]) => part !== '')
  store.parts = kept.map(([, part]) => part)
  for (const [at, [before]] of kept.entries()) {
    const key = keys.get(before)
    if (key !== undefined) store.single.set(key, at)
  }
}

/** Puts a part behind the others; one with the key `''` stays. */
export const append = (store: VariableStore, key: string, text: string): void => {
  if (store.parts.length > MANY_PARTS) compact(store)
  const at = store.parts.push(text) - 1
  if (key !== '') store.single.set(key, at)
}

/** Takes the part of a key away; false where there is none. */
export const dropPart = (store: VariableStore, key: string): boolean => {
  const at = store.single.get(key)
  if (at === undefined) return false
  store.parts[at] = ''
  store.single.delete(key)
  return true
}

/** A block without the line of a variable. */
const without = (block: string, line: string): string => {
  const from = block.indexOf(line)
  if (from < 0) return block
  const end = block.indexOf('\n', from + 1)
  return end < 0 ? block.slice(0, from) : block.slice(0, from) + block.slice(end)
}

/** Takes a variable away, wherever it is. */
export const drop = (store: VariableStore, name: string): void => {
  if (dropPart(store, name)) return
  const { begins, inBlocks } = nameOf(name)
  if (!inBlocks) return
  const { parts } = store
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? ''
    if (part !== '') parts[i] = without(part, begins)
  }
}

const valueIn = (part: string, begins: string): string | undefined => {
  const at = part.indexOf(begins)
  if (at < 0) return undefined
  const end = part.indexOf('\n', at + begins.length)
  return decode(part.slice(at + begins.length, end < 0 ? undefined : end))
}

/** A variable's value, from wherever it is; undefined for one that is not set. */
export const valueOf = ({ parts, single }: VariableStore, name: string): string | undefined => {
  const { begins, inBlocks } = nameOf(name)
  const own = single.get(name)
  if (own !== undefined) return valueIn(parts[own] ?? '', begins)
  if (!inBlocks) return undefined
  for (const part of parts) {
    const value = valueIn(part, begins)
    if (value !== undefined) return value
  }
  return undefined
}
