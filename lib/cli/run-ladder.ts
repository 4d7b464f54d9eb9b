import { writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { ArgumentError, messageOf } from '../errors.ts'
import { ladder, type LadderOptions } from '../testing/ladder/ladder.ts'
import { readRecording } from '../testing/recording-file.ts'
import { EXIT } from './failure.ts'
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
  else
    await writeFile(out, text).catch((error: unknown) => {
      throw new ArgumentError(`--out: cannot write ${out}: ${messageOf(error)}`, error)
    })
  return EXIT.ok
}
