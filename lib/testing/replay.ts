import type { AppFailure } from '../listener/tasks.ts'
import { appFrom, type AppSource } from '../service/factory.ts'
import { connect } from '../service/connect.ts'
import { findDivergence, sessionOf, type Divergence } from './divergence.ts'
import { readRecording, type Recording } from './recording.ts'
import { createReplaySwitch } from './replay-switch.ts'
import { virtualClock } from './virtual-clock.ts'

export interface ReplayOptions {
  /** What is to handle the recorded calls; every session is given to it. */
  readonly app: AppSource
}

/** What an app did with a recording. */
export interface Replay {
  /** The commands that it sent, in order, each as it went to the switch. */
  readonly commands: readonly string[]
  /** The first command that is not the recorded one; undefined where all of them are. */
  readonly divergence: Divergence | undefined
  /** The app's functions that failed. */
  readonly failures: readonly AppFailure[]
}

/** How long after the last event the app may go on, in ms of the recording. */
const AFTERWARDS = 1000

const sessionsIn = ({ lines }: Recording): Set<string> =>
  new Set(
    lines.flatMap((line) => {
      const uuid = 'event' in line ? line.event['Unique-ID'] : undefined
      return typeof uuid === 'string' ? [uuid] : []
    }),
  )

/**
 * Feeds a recording (a file, or what `record` gave) to an app, in virtual time, and tells what the app did. Rejects with
 * ArgumentError for what is no recording, and with AppLoadError.
 */
export const replay = async (source: string | Recording, { app }: ReplayOptions): Promise<Replay> => {
  const recording = typeof source === 'string' ? await readRecording(source) : source
  const clock = virtualClock(recording.start)
  const sessions = sessionsIn(recording)
  const sw = createReplaySwitch(recording, clock, (command) => sessionOf(command, sessions) !== undefined)
  const failures: AppFailure[] = []

  const run = async (): Promise<void> => {
    const target = { host: 'recording', port: 0, clock, connect: sw.connect }
    const client = await connect(target, { onAppError: (failure) => failures.push(failure) })
    try {
      await client.load(appFrom(app))
      await sw.play()
      await new Promise<void>((resolve) => clock.setTimeout(resolve, AFTERWARDS))
    } finally {
      await client.close()
    }
  }
  await clock.run(run())

  const recorded = recording.lines.flatMap((line) => ('command' in line ? [line.command] : []))
  return {
    commands: sw.commands,
    failures,
    divergence: findDivergence(recorded, sw.commands, sessions),
  }
}
