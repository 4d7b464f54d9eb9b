/** A timer of a virtual clock. `index` is its place in the heap, -1 once it has fired or was taken back. */
export interface VirtualTimer {
  readonly at: number
  readonly order: number
  readonly fn: () => void
  readonly background: boolean
  index: number
}

export interface TimerHeap {
  add(at: number, fn: () => void, background: boolean): VirtualTimer
  remove(timer: VirtualTimer): void
  /** The next one due; of several due at once, the one that was set first. */
  peek(): VirtualTimer | undefined
  /** How many are not background timers. */
  readonly foreground: number
}

const before = (a: VirtualTimer, b: VirtualTimer): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order)

/** A binary heap of timers, by time and then by the order in which they were set. */
export const createTimerHeap = (): TimerHeap => {
  const heap: VirtualTimer[] = []
  let order = 0
  let foreground = 0

  const put = (timer: VirtualTimer, index: number): void => {
    heap[index] = timer
    timer.index = index
  }

  const up = (timer: VirtualTimer, from: number): void => {
    let index = from
    while (index > 0) {
      const parent = heap[(index - 1) >> 1]
      if (!parent || before(parent, timer)) break
      put(parent, index)
      index = (index - 1) >> 1
    }
    put(timer, index)
  }

  const down = (timer: VirtualTimer, from: number): void => {
    let index = from
    for (;;) {
      const left = heap[2 * index + 1]
      const right = heap[2 * index + 2]
      const child = left && right && before(right, left) ? right : left
      if (!child || before(timer, child)) break
      const place = child.index
      put(child, index)
      index = place
    }
    put(timer, index)
  }

  return {
    add(at, fn, background) {
      const timer: VirtualTimer = { at, order: order++, fn, background, index: heap.length }
      if (!background) foreground++
      heap.push(timer)
      up(timer, timer.index)
      return timer
    },
    remove(timer) {
      if (timer.index < 0) return
      if (!timer.background) foreground--
      const hole = timer.index
      timer.index = -1
      const last = heap.pop()
      if (!last || last === timer) return
      last.index = hole
      up(last, hole)
      down(last, last.index)
    },
    peek: () => heap[0],
    get foreground() {
      return foreground
    },
  }
}
