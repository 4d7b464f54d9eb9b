import { readDigits } from '../media/digits.ts'
import type { Application } from '../execution/execution.ts'
import { hearDigits } from '../media/hear-digits.ts'
import { sendDigits } from '../media/send-digits.ts'

/** `send_dtmf <digits>[@<ms>]`: ends at once, the digits go out meanwhile. */
export const sendDtmf: Application = (sw, run) => {
  sendDigits(sw, run.channel, readDigits(run.arg))
  run.end()
}

/** `queue_dtmf <digits>`: as if the far end had sent them. */
export const queueDtmf: Application = (sw, run) => {
  hearDigits(
    sw,
    run.channel,
    readDigits(run.arg).map((digit) => ({ ...digit, source: 'APP' })),
  )
  run.end()
}

/** `flush_dtmf`: forgets what has come. */
export const flushDtmf: Application = (_, run) => {
  run.channel.digits?.heard.splice(0)
  run.end()
}
