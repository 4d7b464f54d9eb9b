import { judgeFile } from '../measure/audio/judge-file.ts'
import type { AudioLimits } from '../measure/audio/limits.ts'
import type { NetworkFigures } from '../measure/audio/estimate-mos.ts'
import type { AudioCommandOptions } from './audio.ts'
import { audioText } from './display/audio-text.ts'
import { EXIT } from './failure.ts'

/** What was given of it; the rest has its defaults. */
const given = <T extends object>(options: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>

/** Runs `switchix audio` and gives its exit code. Throws ArgumentError (BAD_ARGUMENT) for what is no WAV file. */
export const runAudio = (reference: string, recording: string, options: AudioCommandOptions): number => {
  const verdict = judgeFile({
    reference,
    recording,
    channel: (options.channel ?? 1) - 1,
    limits: given<AudioLimits>({
      silenceDbov: options.silence,
      maxClippedPercent: options.maxClipped,
      maxDropOutPercent: options.maxDropOut,
      maxDelayMs: options.maxDelay,
      minClipPercent: options.minClip,
      maxLevelDb: options.maxLevel,
      minCorrelation: options.minCorrelation,
      minMos: options.minMos,
    }),
    network: given<NetworkFigures>({
      codec: options.codec,
      lossPercent: options.loss,
      delayMs: options.oneWayDelay,
    }),
  })
  process.stdout.write(options.json ? `${JSON.stringify(verdict, null, 2)}\n` : audioText(recording, verdict))
  return verdict.good ? EXIT.ok : EXIT.threshold
}
