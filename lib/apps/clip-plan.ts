/** How a call is filled with clips. */
export interface ClipPlan {
  /** How many are played; Infinity: until somebody hangs up. */
  readonly iterations: number
  /** Silence after the last one, in ms. */
  readonly tail: number
}

interface Wanted extends ClipPlan {
  readonly duration: number
  readonly clipLength: number
}

/**
 * As many clips as there is room for, at least one, and what is left over as silence, at least `tail`; where no duration
 * is wanted (0) as many as were asked for.
 */
export const planClips = ({ duration, clipLength, iterations, tail }: Wanted): ClipPlan => {
  if (duration === 0) return { iterations, tail }
  if (duration === Infinity) return { iterations: Infinity, tail }
  const fitting = Math.max(1, Math.floor(duration / clipLength))
  return { iterations: fitting, tail: Math.max(tail, duration - fitting * clipLength) }
}
