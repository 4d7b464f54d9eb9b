import type { Channel } from '../channel/channel.ts'
import { CALL_STATE_NUMBER, STATE_NUMBER } from '../channel/states.ts'

const STATES = Object.keys(STATE_NUMBER).length
const CALL_STATES = Object.keys(CALL_STATE_NUMBER).length

/** The texts that were needed so far, by the numbers of their states. */
const texts: (string | undefined)[] = new Array<undefined>(STATES * STATES * CALL_STATES).fill(undefined)

/** The headers of a channel's states: there are few sets of them, and every event has one. */
export const stateText = ({ running, state, callState }: Channel): string => {
  const number = STATE_NUMBER[state]
  const at = (STATE_NUMBER[running] * STATES + number) * CALL_STATES + CALL_STATE_NUMBER[callState]
  return (texts[at] ??=
    `\nChannel-State: ${running}\nChannel-Call-State: ${callState}\nChannel-State-Number: ${number}`)
}
