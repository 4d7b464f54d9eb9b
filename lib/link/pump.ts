import { createEvent, type EslEvent } from '../esl/event.ts'
import { createFrameDecoder } from '../esl/frames.ts'

/**
 * What takes in a connection, in order. A function that `event` returns is called one turn later, after the flows that
 * the event woke have gone on; only then comes the next frame.
 */
export interface Intake {
  event(event: EslEvent): (() => void) | undefined
  frame(type: string, head: string, body: string): void
}

interface Frame {
  readonly type: string
  readonly head: string
  readonly body: string
}

const isFrame = (item: EslEvent | Frame): item is Frame => 'head' in item

/**
 * Turns bytes into events and replies, and hands them over one at a time. Whoever an event or a reply wakes goes on
 * before the next is looked at, so that the state a flow sees is the state as of what woke it.
 *
 * The returned function throws ProtocolError when the framing is lost.
 */
export const createPump = (intake: Intake): ((chunk: Buffer) => void) => {
  const queue: (EslEvent | Frame)[] = []
  let next = 0
  let running = false

  const decoder = createFrameDecoder({
    event: (text, format) => queue.push(createEvent(text, format)),
    frame: (type, head, body) => queue.push({ type, head, body }),
  })

  const run = (): void => {
    running = true
    while (next < queue.length) {
      const item = queue[next++] as EslEvent | Frame
      if (isFrame(item)) {
        intake.frame(item.type, item.head, item.body)
        queueMicrotask(run)
        return
      }
      const after = intake.event(item)
      if (after) {
        queueMicrotask(() => {
          after()
          queueMicrotask(run)
        })
        return
      }
    }
    queue.length = 0
    next = 0
    running = false
  }

  return (chunk) => {
    decoder.push(chunk)
    if (!running) run()
  }
}
