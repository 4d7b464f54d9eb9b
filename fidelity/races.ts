import { headerOf, type WireFrame } from './frames.ts'

/**
 * Orders that are a matter of chance on the real switch, seen both ways in recordings of it: two of its threads tell of
 * one channel, and either may be first.
 */
const RACES: readonly (readonly [RegExp, RegExp, string])[] = []

/** In the sound a key is told twice when a frame of it was late. */
const TOGETHER = 200

/** Events without the keys that were heard twice; those are only told of. */
export const withoutStutter = (
  frames: readonly WireFrame[],
): { readonly frames: readonly WireFrame[]; readonly races: readonly string[] } => {
  let last: WireFrame | undefined
  const kept = frames.filter((frame) => {
    if (headerOf(frame, 'Event-Name') !== 'DTMF') return true
    const again =
      headerOf(frame, 'DTMF-Source') === 'INBAND_AUDIO' &&
      headerOf(frame, 'DTMF-Digit') === (last && headerOf(last, 'DTMF-Digit')) &&
      frame.at - (last?.at ?? 0) < TOGETHER
    last = frame
    return !again
  })
  return { frames: kept, races: kept.length < frames.length ? ['a key in the sound, heard twice'] : [] }
}

const mayCross = (one: string, other: string): boolean =>
  RACES.some(([a, b]) => (a.test(one) && b.test(other)) || (a.test(other) && b.test(one)))

/** Whether an event may stand at `j` of one run where it stands at `i` of another: all that it passes may be passed. */
export const isRace = (a: readonly string[], i: number, b: readonly string[], j: number): boolean => {
  const label = a[i] ?? ''
  const [before, now] = [a.slice(0, i), b.slice(0, j)]
  const rest = [...now]
  const passed: string[] = []
  for (const one of before) {
    const at = rest.indexOf(one)
    if (at < 0) passed.push(one)
    else rest.splice(at, 1)
  }
  return [...passed, ...rest].every((other) => mayCross(label, other))
}
