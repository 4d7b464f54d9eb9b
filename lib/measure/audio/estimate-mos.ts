import { equipmentOf } from './equipment.ts'
import { mosOf, ratingOf } from './e-model.ts'

/** What is known of how the sound came. */
export interface NetworkFigures {
  /** FreeSWITCH's name of the codec. */
  readonly codec: string
  /** Packets that did not come, in per cent. */
  readonly lossPercent: number
  /** One-way, in ms. */
  readonly delayMs: number
}

/** An estimate by the E-model: what users would say, on the mean, of a connection with these figures. Nobody has listened. */
export interface MosEstimate {
  readonly r: number
  readonly mos: number
}

const rounded = (value: number): number => Math.round(value * 100) / 100

/**
 * Estimates the mean opinion score from the figures of the network (ITU-T G.107 with the planning values of G.113). Null for a
 * codec that has none, and for losses with a codec of which is not known how it stands them.
 */
export const estimateMos = ({ codec, lossPercent, delayMs }: NetworkFigures): MosEstimate | null => {
  const equipment = equipmentOf(codec)
  if (!equipment || (lossPercent > 0 && equipment.lossRobustness === undefined)) return null
  const { impairment, lossRobustness = 1 } = equipment
  const r = ratingOf({ delayMs, impairment, lossRobustness, lossPercent })
  return { r: rounded(r), mos: rounded(mosOf(r)) }
}
