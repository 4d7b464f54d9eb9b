/** What a codec costs in the E-model. */
export interface Equipment {
  /** Equipment impairment factor (Ie). */
  readonly impairment: number
  /** Packet-loss robustness factor (Bpl); undefined where ITU-T G.113 has none. */
  readonly lossRobustness: number | undefined
}

/**
 * Provisional planning values of ITU-T G.113, appendix I, by the names that FreeSWITCH gives the codecs: Ie of table I.1, Bpl of
 * table I.4. G.711 stands without concealment of losses; with that of its appendix I its Bpl is 25.1. G.729 and G.723.1 are
 * those of the table that has a Bpl: annex A with VAD, and 6.3 kbit/s with VAD.
 */
const EQUIPMENT: Readonly<Record<string, Equipment>> = {
  PCMU: { impairment: 0, lossRobustness: 4.3 },
  PCMA: { impairment: 0, lossRobustness: 4.3 },
  G729: { impairment: 11, lossRobustness: 19 },
  G723: { impairment: 15, lossRobustness: 16.1 },
  GSM: { impairment: 20, lossRobustness: undefined },
  'G726-16': { impairment: 50, lossRobustness: undefined },
  'G726-24': { impairment: 25, lossRobustness: undefined },
  'G726-32': { impairment: 7, lossRobustness: undefined },
  'G726-40': { impairment: 2, lossRobustness: undefined },
}

/** The codecs that the E-model has planning values of. */
export const RATED_CODECS: readonly string[] = Object.keys(EQUIPMENT)

/** Undefined for codecs that the (narrow-band) E-model has no values of, wide-band ones among them. */
export const equipmentOf = (codec: string): Equipment | undefined =>
  EQUIPMENT[codec.toUpperCase().replace(/^AAL2-/, '')]
