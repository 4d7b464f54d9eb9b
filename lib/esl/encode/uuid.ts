import { ArgumentError } from '../../errors.ts'

/** What the switch takes for one word in every place, quoted or not. It makes `[0-9a-f-]`; callers may choose others. */
const UUID = /^[\w.:@+/=~#-]+$/

/** Whether a uuid stays one word in every command. */
export const isUuid = (uuid: string): boolean => UUID.test(uuid)

/**
 * Returns a uuid as it stands in commands. Some of them read it with quotes, others to the first blank (`uuid_kill`,
 * mod_commands.c:2853; `sendmsg`, mod_event_socket.c:2180), so one with anything special in it is refused: ArgumentError
 * (BAD_ARGUMENT).
 */
export const requireUuid = (uuid: string): string => {
  if (!UUID.test(uuid))
    throw new ArgumentError(
      `expected a uuid of letters, digits and _ - . : @ + / = ~ #, which stays one word in a command, got ${JSON.stringify(uuid)}`,
    )
  return uuid
}

/** An api about a channel: `name uuid word…`; the words are encoded. Throws ArgumentError (BAD_ARGUMENT) for the uuid. */
export const channelApi = (name: string, uuid: string, ...words: readonly string[]): string =>
  [name, requireUuid(uuid), ...words].join(' ')
