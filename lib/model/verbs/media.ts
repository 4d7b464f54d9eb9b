import type { EslEvent } from '../../esl/event.ts'
import { encodeApplicationArgument } from '../../esl/encode/application-argument.ts'
import type { Vars } from '../../esl/encode/braces.ts'
import { encodePlayback, requireFile, requireNoSample } from '../../esl/encode/file.ts'
import { requireInteger, requireSeconds } from '../../esl/encode/number.ts'
import { channelApi, requireUuid } from '../../esl/encode/uuid.ts'
import { encodeWord, requireWord } from '../../esl/encode/word.ts'
import { ArgumentError } from '../../errors.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import { ask } from '../perform.ts'
import { played } from '../played.ts'
import type { View } from '../view.ts'

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

/** An application that `broadcast` runs. */
export interface BroadcastApplication {
  readonly execute: string
  readonly executeArg?: string | undefined
}

export interface BroadcastOptions {
  /** Default `aleg`: this one. */
  readonly leg?: 'aleg' | 'bleg' | 'both' | undefined
  /** In ms. Default: at once. */
  readonly delay?: number | undefined
}

const requireLeg = (leg: string): string => {
  if (leg !== 'aleg' && leg !== 'bleg' && leg !== 'both')
    throw new ArgumentError(`expected the leg "aleg", "bleg" or "both", got ${JSON.stringify(leg)}`)
  return leg
}

/**
 * What `uuid_broadcast` plays or runs. It takes what stands before the first `::` for an application, and before a `!` in that
 * for one that a hangup follows (`switch_ivr_broadcast`, switch_ivr_async.c:5649).
 */
const encodeBroadcast = (what: string | BroadcastApplication): string => {
  const [app, arg] =
    typeof what === 'string'
      ? ['playback', requireNoSample(requireFile('a file', what))]
      : [what.execute, what.executeArg ?? '']
  if (!/^[\w.-]+$/.test(app))
    throw new ArgumentError(`expected the name of an application, got ${JSON.stringify(app)}`)
  if (arg.includes('::') || encodeApplicationArgument(app, arg) !== arg)
    throw new ArgumentError(
      `expected what a broadcast can carry: no "::", which names an application (pass { execute, executeArg } for that), and no backslashes that the switch takes out (use playback or execute); got ${JSON.stringify(arg)}`,
    )
  return encodeWord(typeof what === 'string' ? arg : `${app}::${arg}`)
}

const muteCommand = (uuid: string, direction: string, level: number): string => {
  if (direction !== 'read' && direction !== 'write')
    throw new ArgumentError(`expected the direction "read" or "write", got ${JSON.stringify(direction)}`)
  return channelApi('uuid_audio', uuid, 'start', direction, 'mute', String(level))
}

/** `key frequencies flags timeout` (`tone_detect`, mod_dptools.c:2255), cut at blanks. */
const encodeToneDetect = (
  key: string,
  frequencies: readonly number[],
  timeout: number | undefined,
): string => {
  if (frequencies.length === 0 || frequencies.length > 6)
    throw new ArgumentError(`expected 1 to 6 frequencies, got ${frequencies.length}`)
  const tones = frequencies.map((each) => requireInteger('a frequency in Hz', each, { min: 1, max: 24_000 }))
  const until = timeout === undefined ? '' : ` +${requireSeconds('a timeout', timeout, Math.ceil)}`
  return `${requireWord('the key of a tone', key)} ${tones.join(',')} r${until}`
}

/** Sound. */
export const mediaVerbs = {
  /** Sends back what comes in, until the session ends or the application is broken off. */
  echo(this: View, options?: ExecuteOptions): Promise<EslEvent> {
    return execute(this, 'echo', '', options)
  },

  /**
   * Plays a file, several, or a stream (`tone_stream://…`), and resolves with its CHANNEL_EXECUTE_COMPLETE when it has ended or was
   * broken off. Rejects with CommandError where it could not be played; its `reply` begins with `FILE NOT FOUND` or `PLAYBACK ERROR`.
   * Its PLAYBACK_START and PLAYBACK_STOP are subscribed to.
   */
  playback(
    this: View,
    file: string | readonly string[],
    { vars, startSample, endless, ...options }: PlaybackOptions = {},
  ): Promise<EslEvent> {
    const arg = (): string => encodePlayback(file, { vars, startSample, endless, expand: options.expand })
    const app = endless ? 'endless_playback' : 'playback'
    return execute(this, app, arg, options, played(this, app))
  },

  /**
   * Silences what the other end hears (`write`) or what it says (`read`), until `unmute`. A level above 1 makes comfort
   * noise in its place.
   */
  mute(this: View, direction: 'read' | 'write' = 'write', level = 1): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'mute', async () =>
      node.commands.api(muteCommand(uuid, direction, requireInteger('a level', level, { min: 1 }))),
    )
  },

  unmute(this: View, direction: 'read' | 'write' = 'write'): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'unmute', async () => node.commands.api(muteCommand(uuid, direction, 0)))
  },

  /**
   * Plays a file, or runs an application (`{ execute: 'app', executeArg }`), on one leg or both, at once or in `delay` ms
   * (rounded to whole seconds). The switch says no more than that it has been told (`uuid_broadcast`); `playback` and
   * `execute` say when it is done, and carry every argument: here one with `::`, or with backslashes that the switch takes
   * out, is refused (ArgumentError).
   */
  broadcast(
    this: View,
    what: string | BroadcastApplication,
    { leg = 'aleg', delay }: BroadcastOptions = {},
  ): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'broadcast', async () => {
      const command =
        delay === undefined ? 'uuid_broadcast' : `sched_broadcast +${requireSeconds('a delay', delay)}`
      return node.commands.api(`${command} ${requireUuid(uuid)} ${encodeBroadcast(what)} ${requireLeg(leg)}`)
    })
  },

  /**
   * Listens for a tone of these frequencies (Hz, 1 to 6 of them): `DETECTED_TONE` with `Detected-Tone: key` tells. Stops after
   * `timeout` ms (the switch counts whole seconds: rounded up).
   */
  detectTone(
    this: View,
    key: string,
    frequencies: readonly number[],
    { timeout, ...options }: ExecuteOptions = {},
  ): Promise<EslEvent> {
    const { node } = this.state
    const arg = (): string => {
      const encoded = encodeToneDetect(key, frequencies, timeout)
      node.want(['DETECTED_TONE'])
      return encoded
    }
    return execute(this, 'tone_detect', arg, options)
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
    return ask(this, 'breakMedia', async () =>
      node.commands.api(channelApi('uuid_break', uuid, ...(all ? ['all'] : []))),
    )
  },
}
