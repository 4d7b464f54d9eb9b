import { headerOf, type WireFrame } from './frames.ts'

/**
 * What is a matter of chance on the real switch: two of its threads, and either may be first. Each rule says who the two
 * are and where both orders were seen; nothing else may stand in another place than in the recording.
 */

interface Swap {
  readonly one: RegExp
  readonly other: RegExp
  readonly why: string
}

const SWAPS: readonly Swap[] = [
  // h5_uuid_api_commands has both: API before ADD_SCHEDULE for `sched_hangup` and `sched_api`, behind it for
  // `sched_transfer`. The scheduler's thread fires what it was given in a queue (`switch_scheduler.c`), the API event is
  // fired by the thread of the command when that is over (`switch_api_execute`).
  {
    one: /^(?:ADD|DEL|RE)_SCHEDULE$/,
    other: /^API /,
    why: "the scheduler's thread and that of an api command",
  },
  // b6_conference has the job first; of two further recordings of `originate ... &conference(...)` one has, the other
  // has not. The leg that was answered goes into the conference on its own thread, while that of the job reports it.
  {
    one: /^(?:conference::maintenance|PRESENCE_IN)$/,
    other: /^(?:API originate|BACKGROUND_JOB)$/,
    why: 'the thread of a leg that goes into a conference and that of the job which called it',
  },
]

interface Chance {
  readonly label: string
  /** What stands right in front of it; undefined for the beginning of what a connection hears of a leg. */
  readonly after: string | undefined
  readonly why: string
}

const CHANCES: readonly Chance[] = [
  // i2, i4 and i9 have it, i1 does not: the call parks within a millisecond of
  // `connect`, before or after the client's next command has subscribed to it (`socket_function` in
  // `mod_event_socket.c`).
  {
    label: 'CHANNEL_PARK',
    after: undefined,
    why: 'a call that parks while its controller subscribes',
  },
  // b2_uuid_bridge_two_parked has it, twice; five further recordings of `uuid_bridge` and `intercept` do not. The thread of
  // the bridge puts the leg into this state and the next at once; its own thread tells of it when it wakes in between
  // (`switch_ivr_multi_threaded_bridge` in `switch_ivr_bridge.c`).
  {
    label: 'CHANNEL_STATE CS_CONSUME_MEDIA',
    after: 'CHANNEL_EXECUTE uuid_bridge',
    why: 'a state that a leg passes through before its thread wakes',
  },
]

/** Why an event may as well not be there, if it may. */
export const chanceOf = (labels: readonly string[], at: number): string | undefined =>
  CHANCES.find(({ label, after }) => labels[at] === label && labels[at - 1] === after)?.why

/**
 * A key that sounds on while a frame of it is late is told of twice: of twelve runs of c3_tone_detect_and_inband_dtmf on
 * a real switch three did. Keys that are pressed again are further apart.
 */
const TOGETHER = 200

/** Events without the keys that were heard twice; those are only told of. */
export const withoutStutter = (
  frames: readonly WireFrame[],
): { readonly frames: readonly WireFrame[]; readonly races: readonly string[] } => {
  let last: WireFrame | undefined
  const kept = frames.filter((frame) => {
    if (headerOf(frame, 'Event-Name') !== 'DTMF') return true
    const again =
      headerOf(frame, 'DTMF-Source') === 'INBAND_AUDIO' &&
      headerOf(frame, 'DTMF-Digit') === (last && headerOf(last, 'DTMF-Digit')) &&
      frame.at - (last?.at ?? 0) < TOGETHER
    last = frame
    return !again
  })
  return { frames: kept, races: kept.length < frames.length ? ['a key in the sound, heard twice'] : [] }
}

const swapOf = (label: string, passed: string): string | undefined =>
  SWAPS.find(
    ({ one, other }) => (one.test(label) && other.test(passed)) || (other.test(label) && one.test(passed)),
  )?.why

/**
 * Why an event may stand at `j` of one run where it stands at `i` of another: all that it passes it may pass. Undefined
 * where it may not.
 */
export const raceOf = (
  a: readonly string[],
  i: number,
  b: readonly string[],
  j: number,
): string | undefined => {
  const rest = b.slice(0, j)
  const passed: string[] = []
  for (const one of a.slice(0, i)) {
    const at = rest.indexOf(one)
    if (at < 0) passed.push(one)
    else rest.splice(at, 1)
  }
  const whys = [...passed, ...rest].map((other) => swapOf(a[i] ?? '', other))
  return whys.includes(undefined) ? undefined : whys[0]
}
