import type { Sent } from './sending.ts'

/** What a bit error test has counted of the frames that came in. */
export interface BertCount {
  /** Frames that were counted, since the test began. */
  frames: number
  /** Those of the present window that differed from the pattern. */
  errors: number
  /** Frames of comfort noise, since it was last in sync. */
  silent: number
  inSync: boolean
  /** How often it was lost. */
  lost: number
}

export const noBertCount = (): BertCount => ({ frames: 0, errors: 0, silent: 0, inSync: false, lost: 0 })

/** Counts the frames up to the one of that number, all of which were alike. */
export const countFrames = (count: BertCount, upTo: number, heard: Sent): void => {
  const frames = Math.max(0, upTo - count.frames)
  count.frames += frames
  if (heard !== 'pattern') count.errors += frames
  if (heard === 'silence') count.silent += frames
}

/** What the end of a window changed. */
export type Verdict =
  { readonly now: 'in sync' } | { readonly now: 'lost'; readonly statistics: string } | undefined

const SAMPLES_PER_FRAME = 160

/**
 * The end of a window of so many frames; `maxError` in percent. The frame that ends it is looked at before it is
 * counted, but for its silence (`bert_test_function` in `mod_bert.c`).
 */
export const closeWindow = (count: BertCount, size: number, maxError: number, heard: Sent): Verdict => {
  const { errors } = count
  const percent = (errors / size) * 100
  count.errors = 0
  if (percent > maxError) {
    if (!count.inSync) return undefined
    count.inSync = false
    count.lost++
    const silent = count.silent + (heard === 'silence' ? 1 : 0)
    const statistics =
      `\nsync_lost_percent: ${percent.toFixed(6)}\nsync_lost_count: ${count.lost}` +
      `\ncng_count: ${silent}\nerr_samples: ${errors * SAMPLES_PER_FRAME}`
    return { now: 'lost', statistics }
  }
  if (count.inSync) return undefined
  count.inSync = true
  count.silent = 0
  return { now: 'in sync' }
}
