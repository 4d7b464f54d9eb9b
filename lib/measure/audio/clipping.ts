/** Sound that was too loud for its samples. */
export interface Clipping {
  /** How many places there are: runs of samples that stand at the limit. */
  readonly places: number
  /** Share of all samples, from 0 to 1. */
  readonly share: number
}

/**
 * What counts as the limit: 0.26 dB below the overload point. The largest sample of µ-law decodes to 32,124, that of A-law
 * to 32,256 (ITU-T G.711).
 */
const LIMIT = 31_800

/** A loud sine touches the limit with a sample or two; one that is cut off stays there. */
const SHORTEST = 3

/** Finds where the waveform is cut off: three samples or more in a row at the limit, all on one side. */
export const findClipping = (samples: Int16Array): Clipping => {
  let [places, clipped, run, side] = [0, 0, 0, 0]
  const close = (): void => {
    if (run >= SHORTEST) {
      places++
      clipped += run
    }
    run = 0
  }
  for (const sample of samples) {
    const at = sample >= LIMIT ? 1 : sample <= -LIMIT ? -1 : 0
    if (at !== side) close()
    side = at
    if (at !== 0) run++
  }
  close()
  return { places, share: samples.length === 0 ? 0 : clipped / samples.length }
}
