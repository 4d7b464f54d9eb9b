import { emitGeneral } from './emit.ts'
import { header } from './encode.ts'
import { KINDS } from './kinds.ts'
import { VERSION } from '../channel/sip-texts.ts'
import { schedule } from '../core/schedule.ts'
import { micros, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { upTimeText } from './up-time.ts'

const beat = (sw: Switch): void => {
  const { counters, limits } = sw
  emitGeneral(
    sw,
    KINDS.heartbeat,
    header('Event-Info', 'System Ready') +
      header('Up-Time', upTimeText(sw)) +
      header('FreeSWITCH-Version', VERSION) +
      `\nUptime-msec: ${Math.floor((micros(sw) - sw.startedAt) / 1000)}\nSession-Count: ${sw.channels.size}` +
      `\nMax-Sessions: ${limits.maxSessions}\nSession-Per-Sec: ${limits.sps}` +
      `\nSession-Per-Sec-Last: ${counters.rateLast}\nSession-Per-Sec-Max: ${counters.ratePeak}` +
      `\nSession-Per-Sec-FiveMin: ${counters.ratePeak}\nSession-Since-Startup: ${counters.sessions}` +
      `\nSession-Peak-Max: ${counters.peak}\nSession-Peak-FiveMin: ${counters.peak}\nIdle-CPU: 100.000000`,
  )
}

/** What the switch does by itself: HEARTBEAT every 20 s, and a look at its address every minute (`switch_core.c`). */
export const startHeartbeat = (sw: Switch): void => {
  const seconds = TIMING.heartbeat / 1000
  schedule(sw, `@${seconds}`, { group: 'core', desc: 'heartbeat', core: true }, () => beat(sw))
  schedule(sw, '@60', { group: 'core', desc: 'check_ip', core: true }, () => undefined)
}
