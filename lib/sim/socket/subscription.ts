import { EVENT_NAMES } from '../../esl/event-names.ts'
import type { Listener } from './listener.ts'
import type { Switch } from '../core/switch.ts'

/** Which events a connection has asked for. */
export interface Subscription {
  all: boolean
  readonly names: Set<string>
  readonly subclasses: Set<string>
  /** Whether it is listening at all, which `noevents` ends. */
  listening: boolean
}

/** CUSTOM is none of the names, for its events are called by their subclass. */
const SUBSCRIBABLE: readonly string[] = [...EVENT_NAMES, 'CUSTOM']
const KNOWN: ReadonlySet<string> = new Set(SUBSCRIBABLE)

/** Tells the switch anew who wants what: called after every change. */
export const refreshWanting = (sw: Switch): void => {
  sw.wanting.clear()
  for (const name of SUBSCRIBABLE) {
    const wanting = [...sw.listeners].filter(
      ({ subscription }) => subscription.listening && (subscription.all || subscription.names.has(name)),
    )
    if (wanting.length > 0) sw.wanting.set(name, wanting)
  }
}

interface EventList {
  all: boolean
  names: string[]
  subclasses: string[]
}

/** After `CUSTOM` everything is a subclass; unknown names count for nothing. */
const readList = (words: readonly string[]): EventList => {
  const custom = words.findIndex((word) => word.toUpperCase() === 'CUSTOM')
  const standard = (custom < 0 ? words : words.slice(0, custom + 1)).map((word) => word.toUpperCase())
  return {
    all: standard.includes('ALL'),
    names: standard.filter((word) => KNOWN.has(word)),
    subclasses: custom < 0 ? [] : words.slice(custom + 1).filter((word) => word !== ''),
  }
}

const FORMAT = /^(plain|json|xml)$/i

/** `event [plain|json|xml] NAME...`: the reply. The format is the connection's, and stays when the names are wrong. */
export const subscribe = (sw: Switch, listener: Listener, words: readonly string[]): string => {
  const [first = ''] = words
  const named = FORMAT.test(first)
  if (named) listener.format = first.toLowerCase() as Listener['format']
  const { all, names, subclasses } = readList(named ? words.slice(1) : words)
  if (!all && names.length === 0) return '-ERR no keywords supplied'
  const { subscription } = listener
  subscription.all ||= all
  subscription.listening = true
  for (const name of names) subscription.names.add(name)
  for (const subclass of subclasses) subscription.subclasses.add(subclass)
  refreshWanting(sw)
  return `+OK event listener enabled ${listener.format}`
}

/** `nixevent NAME...`: the reply. */
export const unsubscribe = (sw: Switch, listener: Listener, words: readonly string[]): string => {
  const { all, names, subclasses } = readList(words)
  if (!all && names.length === 0) return '-ERR no keywords supplied'
  const { subscription } = listener
  for (const subclass of subclasses) subscription.subclasses.delete(subclass)
  const gone = names.filter((name) => name !== 'CUSTOM')
  if (subscription.all && gone.length > 0) {
    subscription.all = false
    for (const name of SUBSCRIBABLE) subscription.names.add(name)
  }
  if (all) {
    subscription.all = false
    subscription.names.clear()
  }
  for (const name of gone) subscription.names.delete(name)
  subscription.listening = true
  refreshWanting(sw)
  return '+OK events nixed'
}

/** `noevents`: the reply. */
export const unsubscribeAll = (sw: Switch, listener: Listener): string => {
  const { subscription } = listener
  if (!subscription.listening) return '-ERR not listening for events'
  subscription.all = false
  subscription.listening = false
  subscription.names.clear()
  subscription.subclasses.clear()
  refreshWanting(sw)
  return '+OK no longer listening for events'
}
