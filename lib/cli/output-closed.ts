/** What ends when nobody reads what we print any more. */
const listeners = new Set<() => void>()

/** Calls `listener` once stdout is closed (`| head`); returns what ends that. */
export const onOutputClosed = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Tells of the closed output; returns whether anything was told. Of several writes that fail, only the first counts. */
export const outputClosed = (): boolean => {
  const told = [...listeners]
  listeners.clear()
  for (const listener of told) listener()
  return told.length > 0
}
