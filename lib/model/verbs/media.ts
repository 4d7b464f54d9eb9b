import type { EslEvent } from '../../esl/event.ts'
import { encodeBraces, type Vars } from '../../esl/quoting.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import { ask } from '../perform.ts'
import type { View } from '../view.ts'

export interface PlaybackOptions extends ExecuteOptions {
  /** Parameters of the file or stream, such as `{ loops: -1 }` for one without end. */
  readonly vars?: Vars | undefined
  /** Where to begin, in samples of the file. */
  readonly startSample?: number | undefined
  /** Plays it over and over until it is broken off. Default false. */
  readonly endless?: boolean | undefined
}

/** Sound. */
export const mediaVerbs = {
  /** Sends back what comes in, until the session ends or the application is broken off. */
  echo(this: View, options?: ExecuteOptions): Promise<EslEvent> {
    return execute(this, 'echo', '', options)
  },

  /**
   * Plays a file or a stream (`tone_stream://…`) and resolves when it has ended, with the CHANNEL_EXECUTE_COMPLETE whose
   * `Application-Response` says how: `FILE PLAYED`, `FILE NOT FOUND`, `PLAYBACK ERROR`.
   */
  playback(
    this: View,
    file: string,
    { vars, startSample, endless, ...options }: PlaybackOptions = {},
  ): Promise<EslEvent> {
    const from = startSample === undefined ? '' : `@@${startSample}`
    const arg = encodeBraces(vars ?? {}) + file + from
    return execute(this, endless ? 'endless_playback' : 'playback', arg, options)
  },

  /** Breaks off what plays; with `all`, also what is queued to play. */
  breakMedia(this: View, all = false): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'breakMedia', () => node.commands.api(`uuid_break ${uuid}${all ? ' all' : ''}`))
  },
}
