import { answer, preAnswer, ringReady } from '../calls/called-side.ts'
import type { Application } from '../execution/execution.ts'

export const answerApp: Application = (sw, run) => {
  answer(sw, run.channel)
  run.end()
}

export const preAnswerApp: Application = (sw, run) => {
  preAnswer(sw, run.channel)
  run.end()
}

export const ringReadyApp: Application = (sw, run) => {
  ringReady(sw, run.channel)
  run.end()
}
