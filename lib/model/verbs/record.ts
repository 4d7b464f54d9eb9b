import type { EslEvent } from '../../esl/event.ts'
import { encodeWord } from '../../esl/encode/word.ts'
import { requireOneLine } from '../../esl/encode/one-line.ts'
import type { WaitOptions } from '../../flow/bounds.ts'
import { ask, perform } from '../perform.ts'
import type { View } from '../view.ts'
import { setOne } from './variables.ts'

export interface RecordOptions extends WaitOptions {
  /** Both directions, one on each channel of the file. Default false: mixed. */
  readonly stereo?: boolean | undefined
  /** Only what comes in. Default false. */
  readonly readOnly?: boolean | undefined
  /** In Hz. Default: the codec's. */
  readonly sampleRate?: number | undefined
  /** Ends by itself after so many ms (whole seconds). Default: never. */
  readonly limit?: number | undefined
}

type RecordEvent = 'RECORD_START' | 'RECORD_STOP'

const recordFile = (view: View, action: string, path: string, limit = ''): Promise<string> =>
  view.state.node.commands.api(
    `uuid_record ${view.state.uuid} ${action} ${encodeWord(requireOneLine('a path', path))}${limit}`,
  )

/** Waits for the event of that file: of any file, for `all`. */
const isFor =
  (name: RecordEvent, path: string) =>
  (event: EslEvent): boolean =>
    event.name === name && (path === 'all' || event.get('Record-File-Path') === path)

const start = async (view: View, path: string, options: RecordOptions): Promise<string> => {
  const { stereo, readOnly, sampleRate, limit } = options
  if (stereo !== undefined) await setOne(view, 'RECORD_STEREO', stereo)
  if (readOnly !== undefined) await setOne(view, 'RECORD_READ_ONLY', readOnly)
  if (sampleRate !== undefined) await setOne(view, 'record_sample_rate', sampleRate)
  return recordFile(view, 'start', path, limit === undefined ? '' : ` ${Math.ceil(limit / 1000)}`)
}

const stop = async (view: View, path: string): Promise<string> => recordFile(view, 'stop', path)

/** Recordings, by the file on the switch that they go to (`uuid_record`). */
export const recordVerbs = {
  /** Begins a recording; resolves with its RECORD_START. */
  startRecord(this: View, path: string, options: RecordOptions = {}): Promise<EslEvent> {
    this.state.node.want(['RECORD_START'])
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
    this.state.node.want(['RECORD_STOP'])
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
    return ask(this, `record ${action}`, () => recordFile(this, action, path))
  },
}
