/**
 * How long a busy connection is left alone after it was read empty, in ms. FreeSWITCH writes the head and the body of each
 * event apart, and a switch that is busy writes one right after the other: each write would wake us, for a tenth of the
 * work that the waking takes.
 */
export const PAUSE = 4

/** What makes a connection busy: so many bytes within a window (ms). Some 25 calls a second do. */
export const BUSY = 256 * 1024
export const WINDOW = 100

/** Whether a connection is busy, by what was read from it. */
export interface Pace {
  /** So many bytes were read now (ms, of any clock). Says whether the connection is busy. */
  note(size: number, now: number): boolean
  readonly busy: boolean
}

/** Looks at one window after another: what it says of one holds for the next. */
export const createPace = (): Pace => {
  let busy = false
  let since = -Infinity
  let bytes = 0
  return {
    note(size, now) {
      if (now - since >= WINDOW) {
        // A window without anything may lie between.
        busy = bytes >= BUSY && now - since < 2 * WINDOW
        since = now
        bytes = 0
      }
      bytes += size
      return busy
    },
    get busy() {
      return busy
    },
  }
}
