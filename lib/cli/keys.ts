import type { ReadStream } from 'node:tty'
import type { Originator } from '../dial/originator.ts'
import { messageOf } from '../errors.ts'

export interface Keys {
  /** Gives the terminal its own ways back. */
  stop(): void
}

/** By how many calls per second each key changes the rate, as in SIPp. */
const STEPS: Readonly<Record<string, number>> = { '+': 1, '-': -1, '*': 10, '/': -10 }

const CTRL_C = '\u0003'

/** Does what a key stands for; says what came of it. `interrupt` is Ctrl-C, which a terminal sends as a key then. */
export const pressKey = (key: string, originator: Originator, interrupt: () => void): string | undefined => {
  const step = STEPS[key]
  if (step !== undefined) {
    try {
      originator.set({ rate: Math.max(0, originator.settings.rate + step) })
    } catch (error) {
      return messageOf(error)
    }
    return undefined
  }
  if (key === 'p') {
    if (originator.paused) originator.resume()
    else originator.pause()
  } else if (key === 'q' || key === CTRL_C) interrupt()
  return undefined
}

/** Listens to the keys of a terminal; to nothing, where there is none. */
export const listenToKeys = (
  input: ReadStream,
  originator: Originator,
  interrupt: () => void,
  say: (text: string) => void,
): Keys => {
  if (!input.isTTY) return { stop: () => undefined }
  const onData = (text: string): void => {
    for (const key of text) {
      const answer = pressKey(key, originator, interrupt)
      if (answer !== undefined) say(answer)
    }
  }
  input.setRawMode(true).setEncoding('utf8').on('data', onData)
  input.resume()
  return {
    stop() {
      input.off('data', onData)
      input.setRawMode(false).pause()
    },
  }
}
