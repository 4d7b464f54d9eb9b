import type { TimerHandle } from '../../clock.ts'

/** A DTMF digit: `duration` in samples of 8 kHz. `w` and `W` are pauses, and only ever sent. */
export interface Digit {
  readonly digit: string
  readonly duration: number
}

/** A digit that has come, and how: as an RTP event from the far end, or put there by a command. */
export interface HeardDigit extends Digit {
  readonly source: 'RTP' | 'APP' | 'INBAND_AUDIO' | 'UNKNOWN'
}

/** The digits of a channel that are on their way; it has none of this until the first one. */
export interface Digits {
  /** What has come, and no application has taken. */
  readonly heard: HeardDigit[]
  /** What is still to be sent. */
  readonly toSend: Digit[]
  sending: TimerHandle | undefined
  looking: TimerHandle | undefined
  /** All that were taken, for `digits_dialed`. */
  dialed: string
}

export const noDigits = (): Digits => ({
  heard: [],
  toSend: [],
  sending: undefined,
  looking: undefined,
  dialed: '',
})

export const SAMPLES_PER_MS = 8

const DEFAULT_DURATION = 2000
const SHORTEST = 400
const LONGEST = 192_000

const DIGIT = /[0-9A-Da-d#*wWFf]/g

const durationOf = (ms: string | undefined): number => {
  const samples = Number.parseInt(ms ?? '', 10) * SAMPLES_PER_MS
  return samples > SHORTEST ? Math.min(samples, LONGEST) : DEFAULT_DURATION
}

/**
 * Reads `12w3@200+4`: groups between `+`, each with the length of its digits in milliseconds behind `@`. What is no
 * digit is left out (`switch_core_session_send_dtmf_string` in `src/switch_core_io.c`).
 */
export const readDigits = (text: string): Digit[] =>
  text
    .replace(/^~/, '')
    .split('+')
    .flatMap((group) => {
      const [digits = '', ms] = group.split('@', 2)
      const duration = durationOf(ms)
      return [...digits.matchAll(DIGIT)].map(([digit]) => ({ digit, duration }))
    })
