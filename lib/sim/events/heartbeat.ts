import { emitGeneral } from './emit.ts'
import { header } from './encode.ts'
import { KINDS } from './kinds.ts'
import { VERSION } from '../channel/sip-texts.ts'
import { later, micros, type Switch } from '../core/switch.ts'
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
  const next = Math.floor(sw.clock.now() / 1000) + TIMING.heartbeat / 1000
  emitGeneral(
    sw,
    KINDS.reSchedule,
    `\nTask-ID: 1\nTask-Desc: heartbeat\nTask-Group: core\nTask-Runtime: ${next}`,
  )
}

/** HEARTBEAT every 20 s (`send_heartbeat` in `src/switch_core.c`). It keeps nothing going by itself. */
export const startHeartbeat = (sw: Switch): void => {
  later(
    sw,
    TIMING.heartbeat,
    () => {
      beat(sw)
      startHeartbeat(sw)
    },
    true,
  )
}
