import { comparable, describeCommand, sessionOf } from './command-text.ts'

/** A command to a session, when it was given, and the last event of the session before it. */
export interface GivenCommand {
  readonly command: string
  /** In ms since the recording began. */
  readonly t: number
  readonly after: string | undefined
}

/** Where a run first differs from its recording, in the commands to one session. */
export interface Divergence {
  readonly session: string
  /** Which of the session's commands it is, from 0. */
  readonly index: number
  /** The command that was recorded; undefined where the run went on and the recording had ended. */
  readonly expected: string | undefined
  /** The command that was sent; undefined where the run had ended and the recording went on. */
  readonly actual: string | undefined
  /** The event of the session after which it happened; undefined before the first. */
  readonly event: string | undefined
  /** When, in ms since the recording began. */
  readonly t: number
  /** All of it, with the commands before, for people to read. */
  readonly diff: string
}

/** Commands by the session that they are for, in order; those for no session are the client's own business. */
const bySession = (
  commands: readonly GivenCommand[],
  sessions: ReadonlySet<string>,
): Map<string, GivenCommand[]> => {
  const table = new Map<string, GivenCommand[]>()
  for (const given of commands) {
    const session = sessionOf(given.command, sessions)
    if (session === undefined) continue
    table.set(session, [...(table.get(session) ?? []), given])
  }
  return table
}

const NOTHING = '(nothing)'

/** In a line where that tells them apart, else with all of their headers. */
const describeBoth = (session: string, one?: GivenCommand, other?: GivenCommand): [string, string] => {
  const [a, b] = [one, other].map((given) => (given ? describeCommand(given.command, session) : NOTHING))
  if (a !== b) return [a ?? NOTHING, b ?? NOTHING]
  return [comparable(one?.command ?? NOTHING), comparable(other?.command ?? NOTHING)]
}

const lines = (sign: string, text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${sign} ${line}`)
    .join('\n')

/** How many of the commands before are shown. */
const CONTEXT = 3

const describe = (
  session: string,
  index: number,
  before: readonly GivenCommand[],
  one?: GivenCommand,
  other?: GivenCommand,
): Divergence => {
  const [expected, actual] = describeBoth(session, one, other)
  const { t, after } = other ?? one ?? { t: 0, after: undefined }
  const diff = [
    `session ${session}: command ${index + 1}, at ${t} ms, after ${after ?? 'nothing'}, is not as recorded (- recorded, + sent)`,
    ...before.slice(-CONTEXT).map((given) => lines(' ', describeCommand(given.command, session))),
    lines('-', expected),
    lines('+', actual),
  ].join('\n')
  return { session, index, expected: one?.command, actual: other?.command, event: after, t, diff }
}

/**
 * The first command that is not the one that was recorded, session by session: across sessions the switch promises no
 * order. Undefined where the run did as the recording.
 */
export const findDivergence = (
  recorded: readonly GivenCommand[],
  sent: readonly GivenCommand[],
  sessions: ReadonlySet<string>,
): Divergence | undefined => {
  const [wanted, done] = [bySession(recorded, sessions), bySession(sent, sessions)]
  const found: Divergence[] = []
  for (const session of sessions) {
    const [expected, actual] = [wanted.get(session) ?? [], done.get(session) ?? []]
    const length = Math.max(expected.length, actual.length)
    for (let index = 0; index < length; index++) {
      const [one, other] = [expected[index], actual[index]]
      if (one && other && comparable(one.command) === comparable(other.command)) continue
      found.push(describe(session, index, expected.slice(0, index), one, other))
      break
    }
  }
  return found.sort((a, b) => a.t - b.t)[0]
}
