/**
 * Kinds of resources that a test runner has by itself: pipes and ports to its parent, a terminal, its own timers. Others, such as
 * sockets, are a sign of real work as soon as there is one.
 */
const OF_RUNNERS = new Set(['PipeWrap', 'TTYWrap', 'MessagePort', 'ProcessWrap', 'Timeout', 'CloseReq'])

const IDLE = new Set(['Immediate', 'TickObject', 'TCPServerWrap', 'SignalWrap'])

type Resources = ReadonlyMap<string, number>

/** How many resources of each kind keep the process alive; undefined where that cannot be found out. */
const activeResources = (): Resources | undefined => {
  if (typeof process.getActiveResourcesInfo !== 'function') return undefined
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** Returns what says whether the process has something under way that may end a wait: a file, a socket, a timer that is real. */
export const createProcessActivity = (): (() => boolean) => {
  const before = activeResources()
  return () => {
    const now = activeResources()
    if (!before || !now) return true
    return Array.from(now).some(
      ([kind, count]) => !IDLE.has(kind) && (!OF_RUNNERS.has(kind) || count > (before.get(kind) ?? 0)),
    )
  }
}
