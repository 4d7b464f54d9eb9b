import { readDigits } from '../media/digits.ts'
import { hearDigits } from '../media/hear-digits.ts'
import { sendDigits } from '../media/send-digits.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

const USAGE = '-USAGE: <uuid> <dtmf_data>\n'
const NO_SESSION = '-ERR Cannot locate session!\n'

/** FreeSWITCH sends no more than that at once. */
const MOST = 99

/** `uuid_send_dtmf <uuid> <digits>[@<ms>][+<digits>...]`: the far end hears them, one by one. */
export const uuidSendDtmf = (sw: Switch, arg: string): string => {
  const [uuid = '', text = ''] = separate(arg, ' ', 2)
  if (uuid === '' || text === '') return USAGE
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_SESSION
  const sent = text.length <= MOST && sendDigits(sw, channel, readDigits(text))
  return sent ? `+OK ${uuid} sent DTMF ${text}.\n` : '-ERR Operation failed\n'
}

/** `uuid_recv_dtmf <uuid> <digits>`: as if the far end had sent them. */
export const uuidRecvDtmf = (sw: Switch, arg: string): string => {
  const [uuid = '', text = ''] = separate(arg, ' ', 2)
  if (uuid === '' || text === '') return USAGE
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_SESSION
  const digits = readDigits(text)
  if (digits.length === 0) return USAGE
  hearDigits(
    sw,
    channel,
    digits.map((digit) => ({ ...digit, source: 'APP' })),
  )
  return `+OK ${uuid} received DTMF ${text}.\n`
}
