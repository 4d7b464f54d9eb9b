/**
 * What the E-model rates a telephone connection by (ITU-T G.107, table 3, whose symbols are in parentheses). What is not here
 * has its default: handsets, room noise and loudness ratings are not what a switch could know.
 */
export interface Connection {
  /** One-way delay from mouth to ear (Ta), in ms, which the echo has, too (T). Default 0. */
  readonly delayMs?: number
  /** Impairment by the codec (Ie), and how it stands losses (Bpl); see `equipmentOf`. Default 0 and 4.3: G.711. */
  readonly impairment?: number
  readonly lossRobustness?: number
  /** Packets that were lost (Ppl), in per cent, and how much they came in bursts (BurstR): 1, the default, is at random. */
  readonly lossPercent?: number
  readonly burstRatio?: number
  /** What users put up with for an advantage such as being mobile (A). Default 0. */
  readonly advantage?: number
}

const { log10, sqrt, exp } = Math

/** Send and receive loudness ratings, and their sum (OLR), in dB. */
const [SLR, RLR] = [8, 2]
const OLR = SLR + RLR
/** Sidetone masking rating, and talker and weighted echo path loss, in dB. */
const [STMR, TELR, WEPL] = [15, 65, 110]
/** D-value of the telephones, and room noise at both ends, in dB(A). */
const [D, ROOM] = [3, 35]
/** Circuit noise, in dBm0p, and noise floor at the receiver, in dBmp. */
const [CIRCUIT, FLOOR] = [-70, -64]

const sumOfPowers = (...levels: number[]): number =>
  10 * log10(levels.reduce((sum, level) => sum + 10 ** (level / 10), 0))

/** All noises together (No), in dBm0p (7.2). */
const noise = (): number => {
  const sent = ROOM - SLR - D - 100 + 0.004 * (ROOM - OLR - D - 14) ** 2
  const effective = ROOM + 10 * log10(1 + 10 ** ((10 - (STMR + D)) / 10))
  const received = RLR - 121 + effective + 0.008 * (effective - 35) ** 2
  return sumOfPowers(CIRCUIT, sent, received, FLOOR + RLR)
}

const NOISE = noise()

/** Basic signal-to-noise ratio (Ro, 7.2). */
const SIGNAL = 15 - 1.5 * (SLR + NOISE)

/** Impairments that come with the voice (Is, 7.3): too loud, sidetone, and quantising by one G.711 (qdu = 1). */
const simultaneous = (delay: number): number => {
  const x = OLR + 0.2 * (64 + NOISE - RLR)
  const loudness = 20 * ((1 + (x / 8) ** 8) ** (1 / 8) - x / 8)
  const masked = -10 * log10(10 ** (-STMR / 10) + exp(-delay / 4) * 10 ** (-TELR / 10))
  const sidetone =
    12 * (1 + ((masked - 13) / 6) ** 8) ** (1 / 8) -
    28 * (1 + ((masked + 1) / 19.4) ** 35) ** (1 / 35) -
    13 * (1 + ((masked - 3) / 33) ** 13) ** (1 / 13) +
    29
  const q = 37
  const g = 1.07 + 0.258 * q + 0.0602 * q ** 2
  const quantising = 15 * log10(1 + 10 ** ((SIGNAL - 100) / 15 + 46 / 8.4 - g / 9) + 10 ** (46 / 30 - g / 40))
  return loudness + sidetone + quantising
}

/** Impairment by delay alone, without any echo (Idd, 7.4). */
export const delayImpairment = (delay: number): number => {
  const x = delay > 100 ? log10(delay / 100) / log10(2) : 0
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
}

/** Impairments by delay (Id, 7.4): echo to the talker and to the listener, and too long a way. */
const delayed = (delay: number): number => {
  const terv = TELR - 40 * log10((1 + delay / 10) / (1 + delay / 150)) + 6 * exp(-0.3 * delay ** 2)
  const talker = -1.5 * (NOISE - RLR) - (80 + 2.5 * (terv - 14))
  const talkerEcho = (talker / 2 + sqrt(talker ** 2 / 4 + 100) - 1) * (1 - exp(-delay))
  const listener = SIGNAL - 10.5 * (WEPL + 7) * (2 * delay + 1) ** -0.25
  const listenerEcho = listener / 2 + sqrt(listener ** 2 / 4 + 169)
  return talkerEcho + listenerEcho + delayImpairment(delay)
}

/**
 * The rating factor R of a connection: R = Ro - Is - Id - Ie-eff + A (ITU-T G.107, 7.1). 93.2 with all the defaults; 0 is as bad
 * as can be. Meant for planning: it says what users would say, on the mean, of a network with these figures.
 */
export const ratingOf = (connection: Connection = {}): number => {
  const { delayMs = 0, impairment = 0, lossRobustness = 4.3, lossPercent = 0, burstRatio = 1 } = connection
  const equipment =
    impairment + ((95 - impairment) * lossPercent) / (lossPercent / burstRatio + lossRobustness)
  return SIGNAL - simultaneous(delayMs) - delayed(delayMs) - equipment + (connection.advantage ?? 0)
}

/** The mean opinion score, from 1 to 4.5, that belongs to a rating factor (ITU-T G.107, annex B, MOS-CQE). */
export const mosOf = (r: number): number =>
  r <= 0 ? 1 : r >= 100 ? 4.5 : Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6)
