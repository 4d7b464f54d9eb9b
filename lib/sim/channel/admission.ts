import { micros, type Switch } from '../core/switch.ts'

/** Whether a session may begin, and if not, why (`switch_core_session_request_uuid` in `src/switch_core_session.c`). */
export type Admission = 'yes' | 'paused' | 'too many per second' | 'too many'

/**
 * Admits a session and counts it. The limit per second counts down to nothing and stops one short of it, as in
 * FreeSWITCH: `sps` 2 lets one session in each second.
 */
export const admit = (sw: Switch, direction: 'inbound' | 'outbound'): Admission => {
  const { counters, limits } = sw
  const second = Math.floor(micros(sw) / 1e6)
  if (second !== counters.rateSecond) {
    counters.rateLast = second === counters.rateSecond + 1 ? counters.rate : 0
    counters.rateSecond = second
    counters.rate = 0
  }
  if (limits.paused[direction]) return 'paused'
  if (counters.rate + 1 >= limits.sps) return 'too many per second'
  if (sw.channels.size + 1 > limits.maxSessions) return 'too many'
  counters.rate++
  counters.ratePeak = Math.max(counters.ratePeak, counters.rate)
  counters.sessions++
  counters.peak = Math.max(counters.peak, sw.channels.size + 1)
  return 'yes'
}
