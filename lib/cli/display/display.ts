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

  const clear = (): void => {
    if (block.length === 0) return
    moveCursor(out, -out.columns, -block.length)
    clearScreenDown(out)
  }
  const draw = (): void => {
    // A line that the terminal breaks would be two, and the count of lines wrong.
    for (const line of block) out.write(line.slice(0, out.columns - 1) + '\n')
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
