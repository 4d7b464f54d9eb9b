import { utf8 } from './percent.ts'
import { scanner } from './scanner.ts'

/** The records of the names that the scanner knows, by name (latin1, as it comes). */
const records = new Map<string, number>()

/** The names by their numbers, as programs see them. */
export const names: string[] = []

/** Names that only come off the wire leave room for those that programs ask for: the scanner knows 4,096. */
const MOST_SEEN = 3072

/** The characters of recorded events, the most frequent first. */
const FREQUENT = 'earl0i-_nt\n: o%Csc2dbpv13m5u.4D7A8hf96TINgPSEwUHMR/FLWOByxk,qGXVKYjZ~QzJ'

const rarity = (char: string): number => {
  const place = FREQUENT.indexOf(char)
  return place < 0 ? FREQUENT.length : place
}

/** Where the rarest character of a name is: by that a line is told from others most quickly. */
export const rarestIn = (name: string): number => {
  let rarest = 0
  for (let i = 1; i < name.length; i++) if (rarity(name.charAt(i)) > rarity(name.charAt(rarest))) rarest = i
  return rarest
}

/** A name that is longer than anything FreeSWITCH calls a header is not worth its place. */
const LONGEST = 512

/** The scanner's record of a name, made where there is none; 0 where there is no room for it, and no scanner. */
export const recordOf = (name: string): number => {
  const known = records.get(name)
  if (known !== undefined || !scanner || name.length > LONGEST) return known ?? 0
  scanner.bytes.write(`\n${name}: `, scanner.nextText(), 'latin1')
  const record = scanner.learn(name.length, rarestIn(name) + 1)
  if (record === 0) return 0
  names.push(utf8(name))
  records.set(name, record)
  return record
}

/** A name off the wire, which the scanner did not know. */
export const noteName = (name: string): string => {
  // A copy: a part of the event's text would keep the whole of it alive.
  if (records.size < MOST_SEEN) recordOf(Buffer.from(name, 'latin1').toString('latin1'))
  return utf8(name)
}
