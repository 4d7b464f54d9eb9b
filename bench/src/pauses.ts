/**
 * What the same piece of work costs where a process comes to it after a pause: CPU time of each piece, in microseconds, one right
 * after the other and with pauses between (ms). Where nobody keeps the processor, its caches are lost in them.
 */
const OBJECTS = 20_000
const READS = 4000
const PAUSES = [0, 1, 5, 20]
const MS_OF_EACH = 2500

const objects = Array.from({ length: OBJECTS }, (_, n) => ({ n, text: String(n), inner: { n } }))
let seen = 0

/** Reads objects all over some megabytes, as whatever handles the events of many calls does. */
const piece = (): void => {
  for (let read = 0; read < READS; read++) {
    const { n, text, inner } = objects[(read * 7919 + seen) % OBJECTS] ?? { n: 0, text: '', inner: { n: 0 } }
    seen = (seen + n + text.length + inner.n) & 0xfffff
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** CPU time of a piece in microseconds, that of waiting included. */
const costOf = async (pause: number, work: () => void): Promise<number> => {
  const count = Math.ceil(MS_OF_EACH / (pause + 1))
  const { user, system } = process.cpuUsage()
  for (let done = 0; done < count; done++) {
    work()
    if (pause > 0) await sleep(pause)
  }
  const after = process.cpuUsage()
  return (after.user - user + after.system - system) / count
}

await costOf(0, piece)
console.log('pause    a piece of work    the pause alone')
for (const pause of PAUSES) {
  const [whole, alone] = [await costOf(pause, piece), await costOf(pause, () => undefined)]
  const us = (cost: number): string => `${cost.toFixed(0)} us`
  console.log(`${pause} ms`.padEnd(9) + us(whole).padEnd(19) + (pause === 0 ? '' : us(alone)))
}
