import { VERSION } from '../channel/sip-texts.ts'
import { micros, type Switch } from '../core/switch.ts'
import { upTimeText } from '../events/up-time.ts'

/** The version as people read it (`switch_version_full_human`). */
export const VERSION_HUMAN = '1.10.12-release git a88d069 2024-08-02 21:02:27Z 64bit'

/** `status`: what the switch is and carries, as `status_function` in `mod_commands.c` prints it. */
export const status = (sw: Switch): string => {
  const { counters, limits } = sw
  return (
    `UP ${upTimeText(sw)}\n` +
    `FreeSWITCH (Version ${VERSION_HUMAN}) is ready\n` +
    `${counters.sessions} session(s) since startup\n` +
    `${sw.channels.size} session(s) - peak ${counters.peak}, last 5min ${counters.peak} \n` +
    `${counters.rateLast} session(s) per Sec out of max ${limits.sps}, peak ${counters.ratePeak}, last 5min ${counters.ratePeak} \n` +
    `${limits.maxSessions} session(s) max\nmin idle cpu 0.00/100.00\nCurrent Stack Size/Max 240K/240K\n`
  )
}

/** `version`: that of the switch whose recordings the embedded one is checked against. */
export const version = (_: Switch, arg: string): string =>
  arg === 'short' ? '1.10.12' : `FreeSWITCH Version ${VERSION} (git a88d069 2024-08-02 21:02:27Z 64bit)\n`

/** `uptime`: seconds. */
export const uptime = (sw: Switch): string => `${Math.floor((micros(sw) - sw.startedAt) / 1e6)}\n`
