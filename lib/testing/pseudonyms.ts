/** Other names for numbers and users: the same for the same, and none that anybody has. */
export interface Pseudonyms {
  /** Takes note of an identity. All must be known before the first is named, so that no name is somebody's. */
  note(identity: string): void
  /** Its pseudonym; what is nobody's (`anonymous`, `mod_sofia`) stays as it is. */
  of(identity: string): string
  /** The same for every number of 7 digits and more, wherever it stands in the text. */
  inText(text: string): string
}

/** What FreeSWITCH itself puts where a name could be. */
const NOBODY =
  /^(?:0*|anonymous|unknown|unavailable|restricted|private|undefined|_undef_|mod_sofia|FreeSWITCH|(?:Out|In)bound Call|\*+)$/i

const NUMBER = /^(\+|00(?=\d{7}))?(\d+)$/

const LONG = 7
const LONG_NUMBER = /(?<!\d)\d{7,}(?!\d)/g

/** How much of a number stays, so that a dialplan still knows what kind it is: the first digits, and the length. */
const headOf = (digits: string): string =>
  digits.slice(0, digits.length >= LONG ? 2 : digits.length > 2 ? 1 : 0)

const pad = (count: number, width: number): string => String(count).padStart(width, '0')

/**
 * Pseudonyms by order of appearance, so that the same recording gets the same. They cannot be turned back: nothing of
 * the number is in them but its length and its first two digits (one, of less than 7). `keep` are not masked.
 */
export const createPseudonyms = (keep: readonly string[] = []): Pseudonyms => {
  const kept = new Set(keep)
  /** Digits without `+` or `00`, or a user, and what it is called. */
  const names = new Map<string, string | undefined>()
  const given = new Set<string>()

  /** What is before a number, and the number: +49 30… and 0049 30… are one. */
  const split = (identity: string): [prefix: string, core: string] => {
    const [, prefix = '', digits] = NUMBER.exec(identity) ?? []
    if (digits === undefined) return ['', identity]
    return prefix === '00' ? ['00', digits] : [prefix, digits]
  }

  const isFree = (name: string): boolean => !names.has(name) && !given.has(name)

  const invent = (core: string): string => {
    const digits = /^\d+$/.test(core)
    const head = digits ? headOf(core) : 'user'
    const width = digits ? core.length - head.length : 1
    for (let count = 1; ; count++) {
      const name = head + pad(count, width)
      if (!isFree(name)) continue
      given.add(name)
      return name
    }
  }

  const nameOf = (core: string): string => {
    const known = names.get(core)
    if (known !== undefined) return known
    const name = invent(core)
    names.set(core, name)
    return name
  }

  const isNobody = (identity: string): boolean => NOBODY.test(identity) || kept.has(identity)

  return {
    note(identity) {
      const [, core] = split(identity)
      if (!isNobody(identity) && !names.has(core)) names.set(core, undefined)
    },
    of(identity) {
      if (isNobody(identity)) return identity
      const [prefix, core] = split(identity)
      return given.has(core) ? identity : prefix + nameOf(core)
    },
    inText: (text) =>
      text.replace(LONG_NUMBER, (digits) => {
        const [prefix, core] = names.has(digits) ? ['', digits] : split(digits)
        return names.has(core) ? prefix + nameOf(core) : digits
      }),
  }
}
