import { clearScreenDown, moveCursor } from 'node:readline'
import type { WriteStream } from 'node:tty'
import type { Progress } from '../../dial/summary.ts'
import { liveBlock } from './live-block.ts'
import { progressLine } from './progress-line.ts'
import { createSpeedometer } from './speed.ts'

/** Shows how a run is going: on a terminal a block that changes, elsewhere a line every 10 seconds. */
export interface Display {
  /** How often it wants to know, in ms. */
  readonly interval: number
  show(progress: Progress): void
  /** Writes a line that stays. */
  say(text: string): void
}

const LIVE_INTERVAL = 200
const LINE_INTERVAL = 10_000

const createLog = (out: NodeJS.WritableStream): Display => {
  const speed = createSpeedometer()
  return {
    interval: LINE_INTERVAL,
    show: (now) => void out.write(progressLine(now, speed(now)) + '\n'),
    say: (text) => void out.write(text + '\n'),
  }
}

const createBlock = (out: WriteStream): Display => {
  const speed = createSpeedometer()
  let block: readonly string[] = []
  /** What is on the screen of it. */
  let drawn: readonly string[] = []

  /** The rows that it takes up now: a terminal that has become narrower has broken its lines. */
  const height = (): number =>
    drawn.reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / out.columns)), 0)

  const clear = (): void => {
    if (drawn.length === 0) return
    moveCursor(out, -out.columns, -height())
    clearScreenDown(out)
  }
  const draw = (): void => {
    // A line that the terminal breaks would be two, and a block that does not fit could not be written over.
    drawn = block.slice(0, Math.max(1, out.rows - 1)).map((line) => line.slice(0, out.columns - 1))
    for (const line of drawn) out.write(line + '\n')
  }
  return {
    interval: LIVE_INTERVAL,
    show(now) {
      clear()
      block = liveBlock(now, speed(now))
      draw()
    },
    say(text) {
      clear()
      out.write(text + '\n')
      draw()
    },
  }
}

/** What the stream can do decides: a terminal is written over, anything else is a log. */
export const createDisplay = (out: WriteStream | NodeJS.WritableStream): Display =>
  'isTTY' in out && out.isTTY ? createBlock(out) : createLog(out)
