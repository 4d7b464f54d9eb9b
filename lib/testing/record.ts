import { systemClock, type Clock } from '../clock.ts'
import { createEvent } from '../esl/event.ts'
import { createFrameDecoder } from '../esl/frames.ts'
import { utf8 } from '../esl/percent.ts'
import { tcp } from '../link/tcp.ts'
import type { Connect, Transport } from '../link/transport.ts'
import { parseTarget, type Target } from '../service/target.ts'
import { writeRecording, type RecordedLine, type Recording } from './recording.ts'

/** A switch, and everything that is said on the connection to it. */
export interface Recorder {
  /** To be connected to in place of the switch: `connect(recorder.target)`. */
  readonly target: Exclude<Target, string>
  /** What was recorded so far. */
  recording(): Recording
  /** Writes it to a file, JSON line by JSON line. */
  save(path: string): Promise<void>
}

const REPLIES = new Set(['command/reply', 'api/response'])

/** Logging in is nobody's business. */
const isSecret = (command: string): boolean => /^(?:user)?auth\b/i.test(command)

/**
 * Records the connection to a switch: events, commands and replies, with their times. One connection, for one recording.
 */
export const record = (switchTarget: Target, options: { clock?: Clock } = {}): Recorder => {
  const address = parseTarget(switchTarget)
  const clock = options.clock ?? address.clock ?? systemClock
  const start = clock.now()
  const lines: RecordedLine[] = []
  const at = (): number => Math.round((clock.now() - start) * 1000) / 1000
  let open: Connect | undefined = address.connect

  /** Answers to what is not recorded are not recorded either. */
  const hidden: boolean[] = []

  const decoder = createFrameDecoder({
    event: (text, format) => lines.push({ t: at(), event: createEvent(text, format).toJSON() }),
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
        hidden.push(isSecret(command))
        if (!isSecret(command)) lines.push({ t: at(), command })
      }
      transport.write(text)
    },
  })

  const connect: Connect = async (handlers) => {
    open ??= tcp(address.host, address.port, 10_000)
    return tap(
      await open({
        data(chunk) {
          handlers.data(chunk)
          note(chunk)
        },
        close: (error) => handlers.close(error),
      }),
    )
  }

  const recording = (): Recording => ({ node: `${address.host}:${address.port}`, start, lines: [...lines] })
  return {
    target: { ...address, connect },
    recording,
    save: (path) => writeRecording(path, recording()),
  }
}
