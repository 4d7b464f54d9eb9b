import { extname } from 'node:path'
import { ladder, type LadderOptions } from '../testing/ladder/ladder.ts'
import { readRecording } from '../testing/recording-file.ts'
import { EXIT } from './failure.ts'
import { writeOutput } from './output-files.ts'
import type { LadderCommandOptions } from './ladder.ts'

const FORMATS: Readonly<Record<string, LadderOptions['format']>> = {
  '.svg': 'svg',
  '.html': 'html',
  '.htm': 'html',
}

/** Runs `switchix ladder` and gives its exit code. */
export const runLadder = async (
  file: string,
  { format, out, width, all }: LadderCommandOptions,
): Promise<number> => {
  const recording = await readRecording(file)
  const text = ladder(recording, {
    format: format ?? FORMATS[extname(out ?? '').toLowerCase()],
    width: width ?? (process.stdout.isTTY ? process.stdout.columns : undefined),
    all,
  })
  if (out === undefined) process.stdout.write(text)
  else writeOutput('--out', out, text)
  return EXIT.ok
}
