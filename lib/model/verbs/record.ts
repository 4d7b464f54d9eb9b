import type { EslEvent } from '../../esl/event.ts'
import { requireFile } from '../../esl/encode/file.ts'
import { requireSeconds } from '../../esl/encode/number.ts'
import { channelApi } from '../../esl/encode/uuid.ts'
import { requireWord } from '../../esl/encode/word.ts'
import { ArgumentError } from '../../errors.ts'
import type { WaitOptions } from '../../flow/bounds.ts'
import { ask, perform } from '../perform.ts'
import type { View } from '../view.ts'
import { setOne } from './variables.ts'

export interface RecordOptions extends WaitOptions {
  /** Both directions, one on each channel of the file. Default false: mixed. */
  readonly stereo?: boolean | undefined
  /** Only what comes in. Default false. */
  readonly readOnly?: boolean | undefined
  /** In Hz: 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100 or 48000. Default: the codec's. */
  readonly sampleRate?: number | undefined
  /** Ends by itself after so many ms (more than 0; rounded up to whole seconds). Default: never. */
  readonly limit?: number | undefined
}

type RecordEvent = 'RECORD_START' | 'RECORD_STOP'

const recordCommand = ({ state }: View, action: string, path: string, ...limit: readonly string[]): string =>
  channelApi('uuid_record', state.uuid, action, requireWord('a path', requireFile('a path', path)), ...limit)

/** `stop all` ends all of them, so that no one file can have that name. */
const requireOneFile = (path: string): string => {
  if (isAll(path))
    throw new ArgumentError(`expected the path of one file, got "${path}", which means all recordings`)
  return path
}

/** What the switch takes for a rate (`switch_is_valid_rate`, switch_utils.h:377); it ignores all others. */
const RATES = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]

const requireRate = (rate: number): number => {
  if (!RATES.includes(rate))
    throw new ArgumentError(`expected a sample rate of ${RATES.join(', ')} Hz, got ${String(rate)}`)
  return rate
}

const requireAction = (action: string): string => {
  if (action !== 'mask' && action !== 'unmask')
    throw new ArgumentError(`expected "mask" or "unmask", got ${JSON.stringify(action)}`)
  return action
}

const isAll = (path: string): boolean => path.toLowerCase() === 'all'

/** Waits for the event of that file: of any file, for `all`. */
const isFor =
  (name: RecordEvent, path: string) =>
  (event: EslEvent): boolean =>
    event.name === name && (isAll(path) || event.get('Record-File-Path') === path)

const start = async (view: View, path: string, options: RecordOptions): Promise<string> => {
  const { stereo, readOnly, sampleRate, limit } = options
  const seconds = limit === undefined ? [] : [String(requireSeconds('a limit', limit, Math.ceil))]
  const command = recordCommand(view, 'start', requireOneFile(path), ...seconds)
  const rate = sampleRate === undefined ? undefined : requireRate(sampleRate)
  const { node } = view.state
  node.want(['RECORD_START'])
  if (stereo !== undefined) await setOne(view, 'RECORD_STEREO', stereo)
  if (readOnly !== undefined) await setOne(view, 'RECORD_READ_ONLY', readOnly)
  if (rate !== undefined) await setOne(view, 'record_sample_rate', rate)
  return node.commands.api(command)
}

const stop = async (view: View, path: string): Promise<string> => {
  const command = recordCommand(view, 'stop', path)
  view.state.node.want(['RECORD_STOP'])
  return view.state.node.commands.api(command)
}

/** Recordings, by the file on the switch that they go to (`uuid_record`). */
export const recordVerbs = {
  /** Begins a recording; resolves with its RECORD_START. */
  startRecord(this: View, path: string, options: RecordOptions = {}): Promise<EslEvent> {
    return perform(
      this,
      {
        what: 'startRecord',
        send: (failed) => void start(this, path, options).catch(failed),
        done: isFor('RECORD_START', path),
      },
      options,
    )
  },

  /** Ends a recording, or `all`; resolves with RECORD_STOP: the file is complete. */
  stopRecord(this: View, path = 'all', options?: WaitOptions): Promise<EslEvent> {
    return perform(
      this,
      {
        what: 'stopRecord',
        send: (failed) => void stop(this, path).catch(failed),
        done: isFor('RECORD_STOP', path),
      },
      options,
    )
  },

  /** Silences a recording for a while, for a card number; `unmask` goes on with it. */
  record(this: View, action: 'mask' | 'unmask', path: string): Promise<string> {
    return ask(this, `record ${action}`, async () =>
      this.state.node.commands.api(recordCommand(this, requireAction(action), requireOneFile(path))),
    )
  },
}
