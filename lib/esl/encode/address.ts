import { ArgumentError } from '../../errors.ts'

/**
 * What may come from outside and still name somebody to call: RFC 3261's user, host and port, without the characters that
 * mean something to FreeSWITCH. Each of these is refused because of what the switch would make of it:
 * `/` parts endpoint, profile and user; `,`, `|` and `:_:` part the parties of a dial string; `;` and `?` begin parameters
 * (`fs_path`, `transport`); `^` is another To header (`sofia_outgoing_channel` in `mod_sofia.c`); `%` asks for a
 * registered user of another domain there; `:` ends a scheme or begins a password; the rest are quotes and brackets.
 */
const USER = /^(?!-)[\w.!~*()&=+$#-]+$/
const HOST =
  /^(?:[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*\])(?::(?<port>[1-9]\d{0,4}))?$/

const shown = (text: unknown): string => (typeof text === 'string' ? JSON.stringify(text) : String(text))

/** The switch obeys it wherever it stands in a dial string (switch_ivr_originate.c:2267). */
const NESTED = /origination_nested_vars=true/i

/** A user part: a number, a name. Throws ArgumentError (BAD_ARGUMENT). */
export const requireUser = (what: string, text: string): string => {
  if (typeof text === 'string' && USER.test(text) && !NESTED.test(text)) return text
  throw new ArgumentError(
    `expected ${what} of letters, digits and . ! ~ * ( ) & = + $ # - _ (a "-" not first), got ${shown(text)}`,
  )
}

/** `host` or `host:port`. Throws ArgumentError (BAD_ARGUMENT). */
export const requireHost = (what: string, text: string): string => {
  const found = typeof text === 'string' ? HOST.exec(text) : null
  if (found && Number(found.groups?.port ?? 1) <= 65_535) return text
  throw new ArgumentError(`expected ${what} as host or host:port, got ${shown(text)}`)
}

/** A user part, or `user@host[:port]`. Throws ArgumentError (BAD_ARGUMENT) for whatever else it is, a dial string included. */
export const requireAddress = (what: string, text: string): string => {
  const at = typeof text === 'string' ? text.indexOf('@') : -1
  try {
    if (at < 0) return requireUser('a user part', text)
    return `${requireUser('a user part', text.slice(0, at))}@${requireHost('an address', text.slice(at + 1))}`
  } catch (error) {
    throw new ArgumentError(
      `expected ${what} as user or user@host[:port], got ${shown(text)}: ${(error as Error).message}; ` +
        'a whole dial string is written dialString(…), by the program itself',
      error,
    )
  }
}

/** The name of a profile or a gateway, as it stands in the switch's configuration. Throws ArgumentError (BAD_ARGUMENT). */
export const requireName = (what: string, text: string): string => {
  if (typeof text === 'string' && /^[\w.-]+$/.test(text)) return text
  throw new ArgumentError(`expected ${what} of letters, digits and . - _, got ${shown(text)}`)
}
