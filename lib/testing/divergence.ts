/** Where a run first differs from its recording, in the commands to one session. */
export interface Divergence {
  readonly session: string
  /** Which of the session's commands it is, from 0. */
  readonly index: number
  /** The command that was recorded; undefined where the run went on and the recording had ended. */
  readonly expected: string | undefined
  /** The command that was sent; undefined where the run had ended and the recording went on. */
  readonly actual: string | undefined
  /** Both, with what came before, for people to read. */
  readonly diff: string
}

/** Ids are made up anew in each run, and say nothing about it. */
const withoutIds = (command: string): string => command.replace(/\n(?:Event-UUID|Job-UUID): [^\n]*/g, '')

/** The session that a command is for: `sendmsg <uuid>`, `api uuid_kill <uuid>`, `bgapi sched_hangup +1 <uuid>`. */
export const sessionOf = (command: string, sessions: ReadonlySet<string>): string | undefined =>
  command
    .split('\n', 1)[0]
    ?.split(' ')
    .find((word) => sessions.has(word))

/** Commands by the session that they are for, in order; those for no session are the client's own business. */
const bySession = (commands: readonly string[], sessions: ReadonlySet<string>): Map<string, string[]> => {
  const table = new Map<string, string[]>()
  for (const command of commands) {
    const session = sessionOf(command, sessions)
    if (session === undefined) continue
    table.set(session, [...(table.get(session) ?? []), withoutIds(command)])
  }
  return table
}

const indent = (sign: string, command: string | undefined): string =>
  (command ?? '(nothing)')
    .split('\n')
    .map((line) => `${sign} ${line}`)
    .join('\n')

const describe = (session: string, before: readonly string[], expected?: string, actual?: string): string =>
  [
    `session ${session}`,
    ...before.map((command) => indent(' ', command)),
    indent('-', expected),
    indent('+', actual),
  ].join('\n')

/**
 * The first command that is not the one that was recorded, session by session: across sessions the switch promises no
 * order. Undefined where the run did as the recording.
 */
export const findDivergence = (
  recorded: readonly string[],
  sent: readonly string[],
  sessions: ReadonlySet<string>,
): Divergence | undefined => {
  const [wanted, done] = [bySession(recorded, sessions), bySession(sent, sessions)]
  for (const session of sessions) {
    const [expected, actual] = [wanted.get(session) ?? [], done.get(session) ?? []]
    const length = Math.max(expected.length, actual.length)
    for (let index = 0; index < length; index++) {
      const [one, other] = [expected[index], actual[index]]
      if (one === other) continue
      const diff = describe(session, expected.slice(Math.max(0, index - 2), index), one, other)
      return { session, index, expected: one, actual: other, diff }
    }
  }
  return undefined
}
