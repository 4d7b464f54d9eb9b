import type { AudioFault, AudioVerdict } from '../../measure/audio/judge-audio.ts'

const FAULTS: Readonly<Record<AudioFault, string>> = {
  silence: 'nothing is heard',
  'one-way': 'nothing is heard, but the other direction has sound (one-way audio)',
  unlike: 'the clip is not in it',
  law: 'it was encoded by one law of G.711 and decoded by the other (µ-law and A-law mixed up)',
  incomplete: 'too little of the clip is in it',
  level: 'it is much louder or quieter than the clip',
  'drop-outs': 'sound dropped out',
  clipping: 'it is clipped',
  delay: 'the clip comes too late',
  mos: 'the estimated MOS is too low',
}

const figure = (value: number | null, unit: string, digits = 1): string =>
  value === null ? '-' : `${value.toFixed(digits)}${unit}`

/** How much of the clip there is, where that is not all of it. */
const part = ({ clipPercent }: Partial<AudioVerdict>): string =>
  typeof clipPercent === 'number' && clipPercent < 99.95 ? `, ${clipPercent.toFixed(1)} % of it` : ''

/** As many as fit a screen. */
const MOST = 20

const dropOutLines = ({ dropOuts }: AudioVerdict): string[] => [
  ...dropOuts.slice(0, MOST).map(({ atMs, ms }) => `    at ${(atMs / 1000).toFixed(3)} s for ${ms} ms`),
  ...(dropOuts.length > MOST ? [`    and ${dropOuts.length - MOST} more`] : []),
]

/** A verdict, for people. */
export const audioText = (recording: string, verdict: AudioVerdict): string => {
  const { good, faults, delayMs, correlation, gainDb, clippings, dropOuts } = verdict
  const row = (name: string, text: string): string => `  ${name.padEnd(12)}${text}`
  return [
    `${recording}: ${good ? 'good' : `bad: ${faults.map((fault) => FAULTS[fault]).join('; ')}`}`,
    row('length', `${figure(verdict.durationMs / 1000, ' s', 3)}, ${figure(verdict.soundMs / 1000, ' s', 3)} of sound`),
    row('level', `${figure(verdict.levelDbov, ' dBov')}, peak ${figure(verdict.peakDb, ' dB')}`),
    row('clip', delayMs === null ? `not found (correlation ${figure(correlation, '', 2)})` : `at ${figure(delayMs, ' ms')}, ${figure(gainDb, ' dB')} louder (correlation ${figure(correlation, '', 2)})${part(verdict)}`),
    row('clipping', `${clippings} places, ${figure(verdict.clippedPercent, ' %', 2)} of the samples`),
    row('drop-outs', `${dropOuts.length}, ${verdict.dropOutMs} ms, ${figure(verdict.dropOutPercent, ' %', 2)} of the clip`),
    ...dropOutLines(verdict),
    row('MOS', `${figure(verdict.mosEstimate, '', 2)} (R ${figure(verdict.rEstimate, '')}), an estimate by the E-model`),
    '',
  ].join('\n') // prettier-ignore
}
