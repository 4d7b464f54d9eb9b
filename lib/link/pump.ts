import { createEvent, type EslEvent } from '../esl/event.ts'
import { isQuiet, nextOccasion } from '../flow/awake.ts'
import { createFrameDecoder } from '../esl/frames.ts'
import { show } from '../esl/in-memory.ts'

/**
 * What takes in a connection, in order. A function that `event` returns is called after the flows that the event woke
 * have gone on; only then comes the next frame.
 */
export interface Intake {
  event(event: EslEvent): (() => void) | undefined
  /** Says whether somebody was woken by it. */
  frame(type: string, head: string, body: string): boolean
  /** The framing is lost: nothing can be trusted that comes after what was delivered. */
  broken(error: Error): void
}

interface Frame {
  readonly type: string
  readonly head: string
  readonly body: string
}

/** Something to do in the turn of an event, as if one had come. */
export type Insertion = () => (() => void) | undefined

type Item = EslEvent | Frame | Error | Insertion

export interface Pump {
  /** How many frames have come whole so far. */
  readonly frames: number
  /** Takes the next bytes. */
  data(chunk: Buffer): void
  /** The same, one character a byte. */
  text(bytes: string): void
  /** Puts these next, before whatever has come and is not looked at yet. */
  insert(insertions: readonly Insertion[]): void
}

/**
 * How many turns of promises whoever was woken gets before the next frame. A verb takes up to six, from the reply to who
 * awaits it (`setVars`); what is left over is for the functions of apps around it.
 */
const TURNS = 10

/** A turn of promises by way of this costs a third of what `queueMicrotask` does, which keeps track of its callers. */
const RESOLVED = Promise.resolve()

/** What `event` returns when it woke somebody, and has nothing to do after that. */
export const nothing = (): void => undefined

/** As `nothing`, where it woke flows only, of which it is known when they wait again. */
export const flowsWoken = (): void => undefined

/** Flows that wait again may have left something that is a turn behind them. */
const TURNS_AFTER = 1

/**
 * Turns bytes into events and replies, and hands them over one at a time. Whoever an event or a reply wakes goes on
 * before the next is looked at, so that the state a flow sees is the state as of what woke it.
 */
export const createPump = (intake: Intake, maxFrameBytes?: number): Pump => {
  const queue: Item[] = []
  /** Where the texts of the events are in the scanner's memory. */
  const positions: number[] = []
  let next = 0
  let frames = 0
  let running = false
  let broken = false
  let turns = 0
  let onlyFlows = false
  let then: () => void

  const decoder = createFrameDecoder(
    {
      event(text, format, position) {
        frames++
        positions[queue.length] = position
        queue.push(createEvent(text, format))
      },
      frame(type, head, body) {
        frames++
        positions[queue.length] = 0
        queue.push({ type, head, body })
      },
    },
    maxFrameBytes,
  )

  const turn = (): void => {
    if (onlyFlows && isQuiet()) turns = Math.min(turns, TURNS_AFTER + 1)
    if (--turns > 0) void RESOLVED.then(turn)
    else then()
  }

  /** Calls `fn` when whoever was woken has gone on. */
  const afterTurns = (fn: () => void, flows: boolean): void => {
    turns = TURNS
    onlyFlows = flows
    then = fn
    void RESOLVED.then(turn)
  }

  /** Hands an item over; what it returns is to be called later, before the next. */
  const handOver = (item: Item, position: number): (() => void) | undefined => {
    if (typeof item === 'function') return item()
    if (item instanceof Error) intake.broken(item)
    else if (!('head' in item)) {
      show(item, position)
      return intake.event(item)
    } else if (!intake.frame(item.type, item.head, item.body)) return undefined
    return nothing
  }

  const run = (): void => {
    running = true
    while (next < queue.length) {
      nextOccasion()
      const after = handOver(queue[next] as Item, positions[next++] ?? 0)
      if (!after) continue
      const goOn = (): void => {
        nextOccasion()
        after()
        afterTurns(run, true)
      }
      if (after === nothing || after === flowsWoken) afterTurns(run, after === flowsWoken)
      else if (isQuiet()) goOn()
      else afterTurns(goOn, true)
      return
    }
    queue.length = 0
    positions.length = 0
    next = 0
    running = false
  }

  const take = (push: () => void): void => {
    if (broken) return
    try {
      push()
    } catch (error) {
      broken = true
      positions[queue.length] = 0
      queue.push(error as Error)
    }
    if (!running) run()
  }

  return {
    get frames() {
      return frames
    },
    data: (chunk) => take(() => decoder.push(chunk)),
    text: (bytes) => take(() => decoder.pushText(bytes)),
    insert(insertions) {
      queue.splice(next, 0, ...insertions)
      positions.splice(next, 0, ...insertions.map(() => 0))
      if (!running) run()
    },
  }
}
