import type { Clock, TimerHandle } from '../clock.ts'

/** Finds connections that are open at one end only. */
export interface Watchdog {
  start(): void
  /** Bytes came; `frames` counts all frames that have come whole so far. */
  heard(bytes: number, frames: number): void
  stop(): void
}

export interface WatchdogHandlers {
  /** Asks the peer for a sign of life. */
  probe(): void
  /** Whether the peer is busy with a command of ours: it says nothing until that is done. */
  busy(): boolean
  dead(error: Error): void
}

/** A frame that is still coming counts as a sign of life from this rate on, in bytes per second. */
const MIN_BYTES_PER_SECOND = 1024

/**
 * A peer that vanished without a word (its power, a firewall that forgot the connection) leaves a socket on which nothing
 * ever comes. Looked at twice in every `silence` milliseconds: the first look that finds nothing new asks for a sign of life,
 * the next one takes the peer for dead, `silence` to one and a half of it after the last frame. FreeSWITCH sends a HEARTBEAT
 * every 20 s to who subscribed (`event-heartbeat-interval` in switch.conf.xml), so with more than 40 s nothing is asked.
 *
 * Frames count, not bytes: a peer that dribbles a frame that never ends is as dead as one that says nothing. A large frame on
 * a slow line is alive while it comes at 1 kB/s or more. And FreeSWITCH runs `api` on the thread that serves the socket
 * (`mod_event_socket.c`), so silence is normal while the answer to one is due.
 */
export const createWatchdog = (
  clock: Clock,
  silence: number,
  { probe, busy, dead }: WatchdogHandlers,
): Watchdog => {
  const enough = (MIN_BYTES_PER_SECOND * silence) / 2000
  let timer: TimerHandle | undefined
  let alive = true
  let asked = false
  let seen = 0
  let bytes = 0

  const look = (): void => {
    timer = clock.setTimeout(look, silence / 2, true)
    if (alive || bytes >= enough || busy()) asked = false
    else if (!asked) {
      asked = true
      probe()
    } else {
      const what = bytes === 0 ? 'nothing' : `no whole frame, only ${bytes} bytes of one,`
      dead(new Error(`${what} came for ${silence} ms, nor an answer to the question for a sign of life`))
    }
    alive = false
    if (!asked) bytes = 0
  }

  return {
    start() {
      timer = clock.setTimeout(look, silence / 2, true)
    },
    heard(more, frames) {
      if (frames === seen) bytes += more
      else {
        seen = frames
        alive = true
        bytes = 0
      }
    },
    stop() {
      clock.clearTimeout(timer)
      timer = undefined
    },
  }
}
