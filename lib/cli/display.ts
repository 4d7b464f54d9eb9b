import { clearLine, cursorTo } from 'node:readline'
import type { WriteStream } from 'node:tty'
import type { Progress } from '../dial/summary.ts'

/** Shows how a run is going: on a terminal one line that changes, elsewhere a line every few seconds. */
export interface Display {
  /** How often it wants to know, in ms. */
  readonly interval: number
  show(progress: Progress): void
  /** Leaves the last line as it is. */
  end(): void
}

const LIVE_INTERVAL = 200
const LINE_INTERVAL = 5000

const line = (now: Progress, rate: number): string =>
  [
    `${(now.elapsedMs / 1000).toFixed(1).padStart(6)} s`,
    `${rate.toFixed(1)} calls/s`,
    `offered ${now.offered}`,
    `answered ${now.answered}`,
    `failed ${now.failed}`,
    ...(now.dropped > 0 ? [`dropped ${now.dropped}`] : []),
    `active ${now.active}`,
  ].join('  ')

/** What the stream can do decides: a terminal is written over, anything else is a log. */
export const createDisplay = (out: WriteStream | NodeJS.WritableStream): Display => {
  const terminal = 'isTTY' in out && out.isTTY
  let before: Progress | undefined
  let shown = false

  /** Calls launched a second since the last look, over a second at least: a shorter look is all noise. */
  const launchRate = (now: Progress): number => {
    const since = before ?? { elapsedMs: 0, launched: 0 }
    const ms = now.elapsedMs - since.elapsedMs
    return ms > 0 ? ((now.launched - since.launched) * 1000) / ms : 0
  }

  return {
    interval: terminal ? LIVE_INTERVAL : LINE_INTERVAL,
    show(now) {
      const text = line(now, launchRate(now))
      if (!before || now.elapsedMs - before.elapsedMs >= 1000) before = now
      if (!terminal) {
        out.write(text + '\n')
        return
      }
      clearLine(out, 0)
      cursorTo(out, 0)
      out.write(text.slice(0, out.columns - 1))
      shown = true
    },
    end() {
      if (terminal && shown) out.write('\n')
    },
  }
}
