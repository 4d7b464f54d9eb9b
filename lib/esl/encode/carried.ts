import { ArgumentError } from '../../errors.ts'

/** The switch cuts a command off here and reads the rest as another (`max_len`, mod_event_socket.c:1220). */
const MAX_BYTES = 10_485_760

/**
 * A command in which `mod_event_socket` and `unload` or `reload` stand, wherever, becomes that command
 * (mod_event_socket.c:1862): every client would be cut off.
 */
const RELOADS = /mod_event_socket/i
const MEANT = /^(?:bg)?api (?:bgapi )?(?:re|un)load (?:-f )?mod_event_socket$/

/** Returns a whole command, `line` being its first. Throws ArgumentError (BAD_ARGUMENT) for one that would become another. */
export const requireCarried = (encoded: string, line: string): string => {
  if (encoded.length > MAX_BYTES / 4 && Buffer.byteLength(encoded) >= MAX_BYTES)
    throw new ArgumentError(
      `expected a command of fewer than ${MAX_BYTES} bytes, got ${Buffer.byteLength(encoded)}: the switch would cut it off there and run the rest`,
    )
  if (encoded.includes('_') && RELOADS.test(encoded) && /(?:re|un)load/i.test(encoded) && !MEANT.test(line))
    throw new ArgumentError(
      `expected a command without both mod_event_socket and reload or unload in it, which the switch takes for an order to do so: ${JSON.stringify(line.slice(0, 80))}`,
    )
  return encoded
}
