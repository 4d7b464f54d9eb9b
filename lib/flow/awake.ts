/**
 * Which flows have been woken and have not come to wait again. It tells when an event is done with: who hands over events gives
 * flows time to go on, and need not give more once all of them wait.
 */

/** What a flow reads from: its mailbox. */
interface Reader {
  /** The occasion on which it was woken last, if it has not come to wait since. */
  wokenAt: number
}

/** Counts what is handed over. */
let occasion = 1
let awake = 0

/** Something else is handed over: whoever has not come to wait again by now is not waited for. */
export const nextOccasion = (): void => {
  occasion++
  awake = 0
}

/** Whether every flow that was woken waits again. */
export const isQuiet = (): boolean => awake === 0

/** The flow behind a mailbox goes on. */
export const wake = (box: Reader): void => {
  if (box.wokenAt === occasion) return
  box.wokenAt = occasion
  awake++
}

/** The flow behind a mailbox waits. */
export const rest = (box: Reader): void => {
  if (box.wokenAt !== occasion) return
  box.wokenAt = 0
  awake--
}
