import { messageOf } from '../errors.ts'
import type { AppFailure } from '../listener/tasks.ts'
import { appFrom, type AppSource } from '../service/factory.ts'
import { connect } from '../service/connect.ts'
import { findDivergence, type Divergence, type GivenCommand } from './divergence.ts'
import { sessionOf } from './command-text.ts'
import { withImpliedCommands } from './implied-commands.ts'
import { headerOf, nameOf, sessionsIn, type Recording } from './recording.ts'
import { readRecording } from './recording-file.ts'
import { isNamed, readCommand } from './scripted/command.ts'
import { createReplaySwitch } from './replay-switch.ts'
import { createRealWork, REAL_WORK_MS, requireRealWork } from './real-work.ts'
import { virtualClock } from './virtual-clock.ts'

export interface ReplayOptions {
  /** What is to handle the recorded calls; every session is given to it. */
  readonly app: AppSource
  /**
   * Commands that are not compared, by the verb (`hangup`) or as on the wire (`uuid_kill`): those that others gave, which
   * a recording that only listened has, too.
   */
  readonly ignore?: readonly string[] | undefined
  /**
   * How long a function of the app may be at real work (a file, a socket, a timer of Node), in ms of the machine: the time of the
   * recording stands still meanwhile. Default 5000. 0: it goes on.
   */
  readonly realWork?: number | undefined
}

/** What an app did with a recording. */
export interface Replay {
  /** The commands that it sent, in order, each as it went to the switch. */
  readonly commands: readonly string[]
  /** The first command that is not the recorded one; undefined where all of them are. */
  readonly divergence: Divergence | undefined
  /** The app's functions that failed. */
  readonly failures: readonly AppFailure[]
  /** The functions of the app that were still at real work in the end, or had been for longer than `realWork`. */
  readonly stuck: readonly string[]
  /** No divergence, no failures. */
  readonly ok: boolean
  /** Throws an Error that tells all of it, as `String(run)` does, unless it is `ok`. For any test runner. */
  verify(): void
  /** What came of it, for people. */
  toString(): string
}

/** How long after the last event the app may go on, in ms of the recording. */
const AFTERWARDS = 1000

/** The commands that were recorded, and after which event of their session. */
const recordedCommands = (recording: Recording, sessions: ReadonlySet<string>): GivenCommand[] => {
  const latest = new Map<string | undefined, string>()
  return recording.lines.flatMap((line) => {
    if ('event' in line) latest.set(headerOf(line.event, 'Unique-ID'), nameOf(line.event))
    if (!('command' in line)) return []
    const { t, command } = line
    return [{ t, command, after: latest.get(sessionOf(command, sessions)) }]
  })
}

/** A recording without some of its commands, and without their answers. */
const withoutCommands = (recording: Recording, isLeftOut: (command: string) => boolean): Recording => {
  const leftOut: boolean[] = []
  const lines = recording.lines.filter((line) => {
    if ('reply' in line) return leftOut.shift() !== true
    if ('command' in line) leftOut.push(isLeftOut(line.command))
    return !('command' in line) || leftOut.at(-1) === false
  })
  return { ...recording, lines }
}

/** What there is to know of a recording that only listened. */
const HINT =
  "(the recording only listened, so it has the commands of every controller; leave out those that are not the app's by their names: ignore, --ignore)"

const withHint = (divergence: Divergence | undefined, { passive }: Recording): Divergence | undefined =>
  divergence && passive === true && divergence.actual === undefined
    ? { ...divergence, diff: `${divergence.diff}\n${HINT}` }
    : divergence

const failureText = ({ app, event, session, error }: AppFailure): string => {
  const where = session === undefined ? '' : ` on session ${session}`
  const what = error instanceof Error ? (error.stack ?? messageOf(error)) : String(error)
  return `app ${app} failed in ${event}${where}: ${what}`
}

/** What came of a replay, for people: where it diverged, and what failed. */
export const formatReplay = ({ commands, divergence, failures, stuck }: Omit<Replay, 'toString'>): string => {
  if (!divergence && failures.length === 0)
    return `as recorded: ${commands.length} command${commands.length === 1 ? '' : 's'}`
  return [...(divergence ? [divergence.diff] : []), ...stuck, ...failures.map(failureText)].join('\n\n')
}

/**
 * Feeds a recording (a file, or what `record` gave) to an app, in virtual time, and tells what the app did. Rejects with
 * ArgumentError for what is no recording, and with AppLoadError.
 */
export const replay = async (
  source: string | Recording,
  { app, ignore = [], realWork = REAL_WORK_MS }: ReplayOptions,
): Promise<Replay> => {
  requireRealWork(realWork)
  const whole = withImpliedCommands(typeof source === 'string' ? await readRecording(source) : source)
  const sessions = sessionsIn(whole)
  const isIgnored = (text: string): boolean => {
    const command = readCommand(text, sessions)
    return ignore.some((name) => isNamed(command, name))
  }
  const recording = withoutCommands(whole, isIgnored)
  const clock = virtualClock(recording.start)
  const sw = createReplaySwitch(recording, clock, sessions)
  const failures: AppFailure[] = []
  let stuck: readonly string[] = []

  const play = async (): Promise<void> => {
    const target = { host: 'recording', port: 0, clock, connect: sw.connect, audit: false }
    const client = await connect(target, { onAppError: (failure) => failures.push(failure) })
    const work = createRealWork({
      limit: realWork,
      client: () => client,
      commandsTo: (uuid) => sw.commandsTo(uuid),
    })
    try {
      await client.load(appFrom(app))
      clock.standStillWhile(() => work.underWay())
      await sw.play()
      await new Promise<void>((resolve) => clock.setTimeout(resolve, AFTERWARDS))
      stuck = work.stuck()
    } finally {
      await client.close()
    }
  }
  await clock.run(play())

  const run: Replay = {
    commands: sw.commands.map(({ command }) => command),
    failures,
    stuck,
    divergence: withHint(
      findDivergence(
        recordedCommands(recording, sessions),
        sw.commands.filter(({ command }) => !isIgnored(command)),
        sessions,
      ),
      recording,
    ),
    get ok() {
      return run.divergence === undefined && failures.length === 0
    },
    verify() {
      if (!run.ok) throw new Error(String(run))
    },
    toString: () => formatReplay(run),
  }
  return run
}
