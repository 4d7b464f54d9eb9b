import type { Clock, TimerHandle } from '../clock.ts'

/** Finds connections that are open at one end only. */
export interface Watchdog {
  start(): void
  /** Something came. */
  heard(): void
  stop(): void
}

export interface WatchdogHandlers {
  /** Asks the peer for a sign of life. */
  probe(): void
  dead(error: Error): void
}

/**
 * A peer that vanished without a word (its power, a firewall that forgot the connection) leaves a socket on which nothing
 * ever comes. Looked at twice in every `silence` milliseconds: the first look that finds nothing new asks for a sign of life,
 * the next one takes the peer for dead, `silence` to one and a half of it after the last byte. FreeSWITCH sends a HEARTBEAT
 * every 20 s to who subscribed (`event-heartbeat-interval` in switch.conf.xml), so with more than 40 s nothing is asked.
 */
export const createWatchdog = (
  clock: Clock,
  silence: number,
  { probe, dead }: WatchdogHandlers,
): Watchdog => {
  let timer: TimerHandle | undefined
  let heard = true
  let asked = false

  const look = (): void => {
    timer = clock.setTimeout(look, silence / 2, true)
    if (heard) {
      heard = false
      asked = false
    } else if (!asked) {
      asked = true
      probe()
    } else dead(new Error(`nothing came for ${silence} ms, nor an answer to the question for a sign of life`))
  }

  return {
    start() {
      timer = clock.setTimeout(look, silence / 2, true)
    },
    heard() {
      heard = true
    },
    stop() {
      clock.clearTimeout(timer)
      timer = undefined
    },
  }
}
