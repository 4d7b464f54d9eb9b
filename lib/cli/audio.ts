import { Command } from 'commander'
import {
  channel,
  decibels,
  duration,
  levelDifference,
  opinionScore,
  part,
  percent,
  ratedCodec,
} from './values.ts'

/** The options of `switchix audio`, as they were typed. */
export interface AudioCommandOptions {
  readonly json?: boolean
  readonly channel?: number
  readonly silence?: number
  readonly maxClipped?: number
  readonly maxDropOut?: number
  readonly maxDelay?: number
  readonly minClip?: number
  readonly maxLevel?: number
  readonly minCorrelation?: number
  readonly minMos?: number
  readonly codec?: string
  readonly loss?: number
  readonly oneWayDelay?: number
}

const EXAMPLES = `
REF is the clip that was played, REC the recording that it should be in: WAV files of PCM, µ-law or A-law. Levels are in dBov, as
ITU-T G.100.1 has them. MOS is an estimate by the E-model (ITU-T G.107, G.113) from --codec, --loss and --one-way-delay; without
--loss, what dropped out counts as lost packets. Nobody has listened.

Examples:
  switchix audio clip.wav callee_8f3c.wav
  switchix audio clip.wav callee_8f3c.wav --max-delay 200ms --max-drop-out 0.5%
  switchix audio clip.wav callee_8f3c.wav --codec G729 --loss 2% --one-way-delay 80ms --json

Exit codes: 0 good, 99 bad, 2 usage, or no WAV file.`

/** `switchix audio`: judges a recording by the clip that was played. */
export const audioCommand = (): Command =>
  new Command('audio')
    .argument('<ref>', 'the clip')
    .argument('<rec>', 'the recording')
    .option(
      '--channel <n>',
      'of the recording; 1 is what FreeSWITCH has heard, 2 what it has said',
      channel,
      1,
    )
    .option('--silence <dBov>', 'what is not louder is silence (default: -50)', decibels)
    .option('--max-clipped <percent>', 'of the samples (default: 0.1%)', percent)
    .option('--max-drop-out <percent>', 'of the time that the clip is audible (default: 1%)', percent)
    .option('--min-clip <percent>', 'of the clip must be in it (default: 90%)', percent)
    .option('--max-level <dB>', 'louder or quieter than the clip (default: 10)', levelDifference)
    .option('--max-delay <duration>', 'from the beginning of the recording to that of the clip', duration)
    .option('--min-correlation <n>', 'how much the clip must be in it, from 0 to 1 (default: 0.4)', part)
    .option('--min-mos <n>', 'of the estimate (default: 3.6)', opinionScore)
    .option('--codec <name>', 'that it came through, for the estimate (default: PCMU)', ratedCodec)
    .option('--loss <percent>', 'packets that were lost, for the estimate', percent)
    .option('--one-way-delay <duration>', 'from mouth to ear, for the estimate (default: 0)', duration)
    .option('--json', 'for machines')
    .addHelpText('after', EXAMPLES)
    .action(async (ref: string, rec: string, options: AudioCommandOptions) => {
      const { runAudio } = await import('./run-audio.ts')
      process.exitCode = runAudio(ref, rec, options)
    })
