import { ArgumentError } from '../errors.ts'
import { EVENT_NAMES, type CustomEventName, type EventName } from './event-names.ts'

/**
 * Which names a switch can be asked for. It takes every word that is no event type for nothing, without a word; a subclass of
 * CUSTOM may be called anything (`pti`, `update_aliasr`), so a mistyped type cannot be told from a subclass by the switch.
 */

const standard: ReadonlySet<string> = new Set(EVENT_NAMES)

/** Subclasses that the program has declared, whatever they look like. */
const declared = new Set<string>()

/** How far two names are apart: a typing mistake or two is near. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      )
    row = next
  }
  return row[b.length] ?? 0
}

/** `; did you mean …?` where an event's name is near. */
export const suggestion = (name: string): string => {
  const near = EVENT_NAMES.map((known) => [distance(name.toUpperCase(), known), known] as const).sort(
    ([a], [b]) => a - b,
  )[0]
  return near && near[0] <= 4 ? `; did you mean ${near[1]}?` : ''
}

/** Short words are near each other by chance: `pti` is not a mistyped API. */
const LONG_NAME = 7

const looksLikeType = (name: string): boolean => {
  const upper = name.toUpperCase()
  if (name === upper || standard.has(upper)) return true
  return EVENT_NAMES.some((known) => known.length >= LONG_NAME && distance(upper, known) <= 2)
}

/** A blank would make two names of it, a control character another command; longer ones no module has. */
const WORD = /^[\x21-\x7e\u00a0-\uffff]{1,200}$/

/** Whether a subclass can be asked for by that name as it is. */
const isSubclass = (name: string): boolean =>
  WORD.test(name) && (name.includes('::') || declared.has(name) || !looksLikeType(name))

/**
 * Whether an event can be called that: an event type, a subclass of CUSTOM, or `CUSTOM` for those events that have no subclass. A
 * subclass is a word with `::` or with small letters in it that is not nearly a type's name; any other has to be declared by
 * `customEvent`.
 */
export const isEventName = (name: string): name is EventName =>
  standard.has(name) || name === 'CUSTOM' || isSubclass(name)

/** Throws ArgumentError (BAD_ARGUMENT) for a name that a switch would silently send nothing for. */
export const requireEventName = (name: string): void => {
  if (isEventName(name)) return
  throw new ArgumentError(
    `expected the name of an event, got ${JSON.stringify(name)}${suggestion(name)}; a subclass of CUSTOM that looks like an event type ` +
      'is declared by customEvent(name)',
  )
}

/**
 * Declares the subclass of a CUSTOM event whose name could be a mistyped event type, such as `PTI`, and returns it. Names with `::` and
 * names in small letters need no declaration. Throws ArgumentError for what is not one word of up to 200 characters.
 */
export const customEvent = (subclass: string): CustomEventName => {
  if (!WORD.test(subclass) || standard.has(subclass))
    throw new ArgumentError(
      `expected the subclass of a CUSTOM event, one word of up to 200 characters that is not an event type, got ${JSON.stringify(subclass)}`,
    )
  declared.add(subclass)
  return subclass as CustomEventName
}
