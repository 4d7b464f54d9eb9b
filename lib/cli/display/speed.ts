import type { Progress } from '../../dial/summary.ts'

/** Calls per second lately: launched, answered. */
export interface Speed {
  readonly launched: number
  readonly answered: number
}

/** What is looked back at, in ms: less is all noise. */
const WINDOW = 1000

/** Says how fast it went since some second ago, look by look. */
export const createSpeedometer = (): ((now: Progress) => Speed) => {
  const looks: { elapsedMs: number; launched: number; answered: number }[] = [
    { elapsedMs: 0, launched: 0, answered: 0 },
  ]
  return (now) => {
    looks.push({ elapsedMs: now.elapsedMs, launched: now.launched, answered: now.answered })
    while (looks.length > 2 && now.elapsedMs - (looks[1]?.elapsedMs ?? 0) >= WINDOW) looks.shift()
    const [since] = looks
    const seconds = (now.elapsedMs - (since?.elapsedMs ?? 0)) / 1000
    if (!since || seconds <= 0) return { launched: 0, answered: 0 }
    return {
      launched: (now.launched - since.launched) / seconds,
      answered: (now.answered - since.answered) / seconds,
    }
  }
}
