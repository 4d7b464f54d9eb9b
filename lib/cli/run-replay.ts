import { readRecording } from '../testing/recording-file.ts'
import { replay } from '../testing/replay.ts'
import { EXIT } from './failure.ts'
import { loadAppSource } from './load-app.ts'
import type { ReplayCommandOptions } from './replay.ts'

/** Runs `switchix replay` and gives its exit code. */
export const runReplay = async (
  file: string,
  { app: source, ignore, realWork }: ReplayCommandOptions,
): Promise<number> => {
  const recording = await readRecording(file)
  const app = await loadAppSource(source)
  const run = await replay(recording, { app: () => app.create(), ignore, realWork })
  process.stdout.write(`${file}: ${run.ok ? '' : 'not as recorded\n'}${String(run)}\n`)
  return run.ok ? EXIT.ok : EXIT.failed
}
