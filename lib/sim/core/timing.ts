/** How long things take, in milliseconds, as in the recordings of a real switch on loopback. */
export const TIMING = {
  /** A SIP message from one leg to the other. */
  signal: 1,
  /** A channel looks at what was queued for it, or at its hangup, once an audio frame. */
  frame: 20,
  /** An originate looks at its leg that often. */
  originatePoll: 20,
  /** A leg that only waits for its far end notices a hangup at once. */
  wake: 1,
  heartbeat: 20_000,
  /** When the switch shuts down: a SIP profile, and the last module before connections are told. */
  profileDown: 300,
  lastModule: 1000,
  /** A module that is reloaded is away that soon. */
  moduleUnload: 1,
} as const
