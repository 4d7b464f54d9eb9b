import type { EslEvent } from '../../esl/event.ts'
import { requireOneLine } from '../../esl/encode/one-line.ts'
import { encodeBraces, type Vars } from '../../esl/encode/braces.ts'
import { encodeWord } from '../../esl/encode/word.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import { ask } from '../perform.ts'
import type { View } from '../view.ts'
import { wholeSeconds } from './control.ts'

export interface PlaybackOptions extends ExecuteOptions {
  /** Parameters of the file or stream, such as `{ loops: -1 }` for one without end. */
  readonly vars?: Vars | undefined
  /** Where to begin, in samples of the file. */
  readonly startSample?: number | undefined
  /**
   * Plays it over and over, until the session ends or is sent elsewhere; `breakMedia` only makes it begin anew
   * (`endless_playback`). Default false.
   */
  readonly endless?: boolean | undefined
}

/** Sound. */
export const mediaVerbs = {
  /** Sends back what comes in, until the session ends or the application is broken off. */
  echo(this: View, options?: ExecuteOptions): Promise<EslEvent> {
    return execute(this, 'echo', '', options)
  },

  /**
   * Plays a file, several, or a stream (`tone_stream://…`), and resolves when it has ended, with the CHANNEL_EXECUTE_COMPLETE whose
   * `Application-Response` says how: `FILE PLAYED`, `FILE NOT FOUND`, `PLAYBACK ERROR`.
   */
  playback(
    this: View,
    file: string | readonly string[],
    { vars, startSample, endless, ...options }: PlaybackOptions = {},
  ): Promise<EslEvent> {
    const from = startSample === undefined ? '' : `@@${startSample}`
    const path = typeof file === 'string' ? file : `file_string://${file.join('!')}`
    const arg = (): string =>
      encodeBraces(vars ?? {}, { expand: options.expand, expandsFirst: true }) + path + from
    return execute(this, endless ? 'endless_playback' : 'playback', arg, options)
  },

  /**
   * Silences what the other end hears (`write`) or what it says (`read`), until `unmute`. A level above 1 makes comfort
   * noise in its place.
   */
  mute(this: View, direction: 'read' | 'write' = 'write', level = 1): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'mute', () => node.commands.api(`uuid_audio ${uuid} start ${direction} mute ${level}`))
  },

  unmute(this: View, direction: 'read' | 'write' = 'write'): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'unmute', () => node.commands.api(`uuid_audio ${uuid} start ${direction} mute 0`))
  },

  /**
   * Plays a file or runs `app::argument` on one leg or both, at once or in `delay` ms (whole seconds). The switch says no
   * more than that it has been told (`uuid_broadcast`); `playback` and `execute` say when it is done.
   */
  broadcast(
    this: View,
    path: string,
    { leg = 'aleg', delay }: { leg?: 'aleg' | 'bleg' | 'both'; delay?: number } = {},
  ): Promise<string> {
    const { uuid, node } = this.state
    const command = delay === undefined ? 'uuid_broadcast' : `sched_broadcast +${wholeSeconds(delay)}`
    return ask(this, 'broadcast', async () =>
      node.commands.api(`${command} ${uuid} ${encodeWord(requireOneLine('a path', path))} ${leg}`),
    )
  },

  /** Listens for a tone of these frequencies (Hz, 1 to 6 of them): `DETECTED_TONE` tells. Stops after `timeout` ms. */
  detectTone(
    this: View,
    key: string,
    frequencies: readonly number[],
    { timeout = 0, ...options }: ExecuteOptions = {},
  ): Promise<EslEvent> {
    this.state.node.want(['DETECTED_TONE'])
    const until = timeout > 0 ? ` +${timeout}` : ''
    return execute(this, 'tone_detect', `${key} ${frequencies.join(',')} r${until}`, options)
  },

  /** Starts looking for an answering machine's beep (`mod_avmd`, where the switch has it): `avmd::beep` tells. */
  startAmd(this: View, options?: ExecuteOptions): Promise<EslEvent> {
    this.state.node.want(['avmd::beep'])
    return execute(this, 'avmd_start', '', options)
  },

  stopAmd(this: View, options?: ExecuteOptions): Promise<EslEvent> {
    return execute(this, 'avmd_stop', '', options)
  },

  /** Breaks off what plays; with `all`, also what is queued to play. */
  breakMedia(this: View, all = false): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'breakMedia', () => node.commands.api(`uuid_break ${uuid}${all ? ' all' : ''}`))
  },
}
