import { systemClock, type Clock } from '../clock.ts'
import { createEvent } from '../esl/event.ts'
import { createFrameDecoder } from '../esl/frames.ts'
import { utf8 } from '../esl/percent.ts'
import { tcp } from '../link/tcp.ts'
import type { Connect, Transport } from '../link/transport.ts'
import { parseTarget, type Target } from '../service/target.ts'
import { leanRecording } from './lean.ts'
import { maskRecording, type MaskOptions } from './mask.ts'
import { writeRecording } from './recording-file.ts'
import type { RecordedLine, Recording } from './recording.ts'
import { callOf, selectSessions } from './select-sessions.ts'
import { createQuiet } from './quiet.ts'

/** What of a connection is kept, and how. */
export interface RecordingOptions {
  /** Only these sessions. Default: all, and what is said about none. */
  readonly sessions?: Iterable<string> | undefined
  /** Only the call of this session: all of its legs. */
  readonly call?: string | undefined
  /** Secrets are masked whatever this says; numbers if it asks for it. */
  readonly mask?: MaskOptions | undefined
  /** Leaves out the headers that say nothing of the call, such as the line of C that an event comes from. Default false. */
  readonly lean?: boolean | undefined
}

export interface RecordOptions extends RecordingOptions {
  readonly clock?: Clock | undefined
  /** Says that the connection only listens to what others do: a replay then takes their commands from the events. */
  readonly passive?: boolean | undefined
}

/** A switch, and everything that is said on the connection to it. */
export interface Recorder {
  /** To be connected to in place of the switch: `connect(recorder.target)`. */
  readonly target: Exclude<Target, string>
  /** Resolves when a session has come, and none is up any more. */
  quiet(): Promise<void>
  /** What was recorded so far; options that are not given are those of `record`. */
  recording(options?: RecordingOptions): Recording
  /** Writes it to a file, JSON line by JSON line; the file is never there in part. */
  save(path: string, options?: RecordingOptions): Promise<void>
}

const REPLIES = new Set(['command/reply', 'api/response'])

/** Logging in is nobody's business. */
const isLogin = (command: string): boolean => /^\s*(?:user)?auth\b/i.test(command)

const choose = (recording: Recording, { sessions, call, mask, lean }: RecordingOptions): Recording => {
  const chosen = call === undefined ? sessions && new Set(sessions) : callOf(recording, call)
  const kept = chosen ? selectSessions(recording, chosen) : recording
  return maskRecording(lean ? leanRecording(kept) : kept, mask)
}

/**
 * Records the connection to a switch: events, commands and replies, with their times; passwords are masked. One
 * connection, for one recording.
 */
export const record = (switchTarget: Target, options: RecordOptions = {}): Recorder => {
  const address = parseTarget(switchTarget)
  const clock = options.clock ?? address.clock ?? systemClock
  const start = clock.now()
  const lines: RecordedLine[] = []
  const quiet = createQuiet()
  const at = (): number => Math.round((clock.now() - start) * 1000) / 1000
  let open: Connect | undefined = address.connect

  /** Of each command that still has no answer, whether it was left out: its answer is, too. */
  const hidden: boolean[] = []

  const decoder = createFrameDecoder({
    event(text, format) {
      const event = createEvent(text, format)
      lines.push({ t: at(), event: event.toJSON() })
      quiet.note(event)
    },
    frame(type, head, body) {
      if (!REPLIES.has(type) || hidden.shift() !== false) return
      lines.push({
        t: at(),
        reply: utf8(type === 'api/response' ? body : head.replace(/^[^]*?Reply-Text: /, '')),
      })
    },
  })

  const note = (chunk: Buffer): void => {
    try {
      decoder.push(chunk)
    } catch {
      // The client has the same bytes, and says what is wrong with them.
    }
  }

  const tap = (transport: Transport): Transport => ({
    ...transport,
    write(text) {
      for (const command of text.split('\n\n').filter((each) => each !== '')) {
        hidden.push(isLogin(command))
        if (!isLogin(command)) lines.push({ t: at(), command })
      }
      transport.write(text)
    },
  })

  const connect: Connect = async (handlers) => {
    open ??= tcp(address.host, address.port, 10_000)
    return tap(
      await open({
        data(chunk) {
          // The buffer may be used again once the client has had it.
          note(chunk)
          handlers.data(chunk)
        },
        close: (error) => handlers.close(error),
      }),
    )
  }

  const recording = (own: RecordingOptions = {}): Recording => {
    const node = `${address.host}:${address.port}`
    const whole = { node, start, ...(options.passive ? { passive: true } : {}), lines: [...lines] }
    return choose(whole, { ...options, ...own })
  }
  return {
    target: { ...address, connect, audit: false },
    quiet: () => quiet.wait(),
    recording,
    save: (path, own) => writeRecording(path, recording(own)),
  }
}
