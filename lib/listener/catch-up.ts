import type { EslEvent } from '../esl/event.ts'
import { makeUp } from '../esl/made-up.ts'
import type { Insertion } from '../link/pump.ts'
import type { SessionState } from '../model/state.ts'
import type { Listener } from './listener.ts'
import { missedEvents } from './missed.ts'

/** What is made up besides. */
export interface More {
  readonly names: readonly string[]
  /** How long after the dump these may come by themselves, in ms. */
  readonly within: number
}

/** Stands before a listener while it finds out what its sessions have missed. */
export interface CatchUp {
  /** Takes the next event. Those of a channel that is not looked at yet wait until it is. */
  event(event: EslEvent): (() => void) | undefined
  /** Has the events of a channel wait. */
  hold(uuid: string): void
  /** What is to be done for a channel that is up, before anything else: what it missed, then what waited. */
  found(uuid: string, dump: EslEvent, more?: More): Insertion[]
  /** The same for one that is gone. */
  gone(uuid: string): Insertion[]
}

/** The switch's clock advances in steps of 20 ms, and an event may be stamped a step after what it tells of. */
const STEP = 20

/** An event that was made up out of a dump may come by itself yet, where it was on its way: it is not to be given twice. */
interface MadeUp {
  readonly names: Set<string>
  /** How often the channel had gone through the dialplan: it parks anew where it has again. */
  readonly profile: string | undefined
  readonly until: number
}

/** `dispatch` is what takes the events that come through. */
export const createCatchUp = (
  listener: Listener,
  dispatch: (event: EslEvent) => (() => void) | undefined = (event) => listener.dispatch(event),
): CatchUp => {
  const waiting = new Map<string, EslEvent[]>()
  const madeUp = new Map<string, MadeUp>()

  const isRepeated = (uuid: string, event: EslEvent): boolean => {
    const made = madeUp.get(uuid)
    return (
      made !== undefined &&
      event.time <= made.until &&
      event.get('Caller-Profile-Index') === made.profile &&
      made.names.delete(event.name)
    )
  }

  const event = (each: EslEvent): (() => void) | undefined => {
    const uuid = each.name === 'CHANNEL_UUID' ? each.get('Old-Unique-ID') : each.uuid
    if (uuid === undefined) return dispatch(each)
    const waits = waiting.get(uuid)
    if (waits) {
      waits.push(each)
      return undefined
    }
    return isRepeated(uuid, each) ? undefined : dispatch(each)
  }

  /** Lets a channel's events through again; gives those that waited. */
  const release = (uuid: string): EslEvent[] => {
    const waited = waiting.get(uuid) ?? []
    waiting.delete(uuid)
    return waited
  }

  return {
    event,
    hold: (uuid) => waiting.set(uuid, waiting.get(uuid) ?? []),
    found(uuid, dump, { names = [], within = 0 }: Partial<More> = {}) {
      const waited = release(uuid)
      const until = dump.time + STEP + within
      // One that came by itself tells more than one that is made up.
      const came = new Set(waited.filter(({ time }) => time <= until).map(({ name }) => name))
      const missed = [
        ...missedEvents(listener.tables.sessions.get(uuid), dump),
        ...names.map((name) => makeUp(dump, name)),
      ].filter(({ name }) => !came.has(name))
      madeUp.set(uuid, {
        names: new Set(missed.map(({ name }) => name)),
        profile: dump.get('Caller-Profile-Index'),
        until,
      })
      return [...missed.map((each) => () => dispatch(each)), ...waited.map((each) => () => dispatch(each))]
    },
    gone(uuid) {
      const waited = release(uuid).map(
        (each): Insertion =>
          () =>
            listener.dispatch(each),
      )
      const state: SessionState | undefined = listener.tables.sessions.get(uuid)
      return [...waited, ...(state ? listener.lose(state) : [])]
    },
  }
}
