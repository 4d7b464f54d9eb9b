import { fromAlaw, fromUlaw } from '../../wave/g711.ts'
import { findDelay, type DelayRange } from './find-delay.ts'

/** The law that it was encoded by, and the other one, that it was decoded by. */
export type Misread = 'PCMU as PCMA' | 'PCMA as PCMU'

/** Whoever is as like the clip as this was decoded by the right law. */
const RIGHT = 0.95

/** Decoded again by the other law it must be this much more like the clip, and at least so like. */
const [BETTER, LIKE] = [0.1, 0.85]

const BYTES = Array.from({ length: 256 }, (_, byte) => byte)

/** What each sample of 16 bits is, decoded by the other law: the byte that gave it is that of the nearest value. */
const remapping = (wrong: (byte: number) => number, right: (byte: number) => number): Int16Array => {
  const values = BYTES.map((byte) => [wrong(byte), right(byte)] as const).sort(([a], [b]) => a - b)
  const out = new Int16Array(65_536)
  let at = 0
  for (let sample = -32_768; sample <= 32_767; sample++) {
    while (
      at + 1 < values.length &&
      Math.abs((values[at + 1]?.[0] ?? 0) - sample) <= Math.abs((values[at]?.[0] ?? 0) - sample)
    )
      at++
    out[sample + 32_768] = values[at]?.[1] ?? 0
  }
  return out
}

const REMAPPINGS: Readonly<Record<Misread, () => Int16Array>> = {
  'PCMU as PCMA': () => remapping(fromAlaw, fromUlaw),
  'PCMA as PCMU': () => remapping(fromUlaw, fromAlaw),
}

/**
 * Finds out whether a recording was encoded by one law of G.711 and decoded by the other: decoded again, it is much more like the
 * clip. `correlation`: how like it is as it stands. A recording that has been made louder or quieter since is not recognised.
 */
export const misreadOf = (
  reference: Int16Array,
  samples: Int16Array,
  correlation: number,
  range: DelayRange | undefined,
): Misread | null => {
  if (correlation >= RIGHT) return null
  let best: { readonly misread: Misread; readonly correlation: number } | undefined
  for (const [misread, make] of Object.entries(REMAPPINGS) as [Misread, () => Int16Array][]) {
    const table = make()
    const again = findDelay(
      reference,
      samples.map((sample) => table[sample + 32_768] ?? 0),
      range,
    )
    if (again && again.correlation > (best?.correlation ?? 0))
      best = { misread, correlation: again.correlation }
  }
  return best && best.correlation >= LIKE && best.correlation >= correlation + BETTER ? best.misread : null
}
