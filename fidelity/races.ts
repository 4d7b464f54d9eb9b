/**
 * Orders that are a matter of chance on the real switch, seen both ways in recordings of it: two of its threads tell of
 * one channel, and either may be first.
 */
const RACES: readonly (readonly [RegExp, RegExp, string])[] = [
  [
    /^CALL_UPDATE/,
    /^(?:CHANNEL_BRIDGE|CHANNEL_CALLSTATE|CHANNEL_ANSWER|CODEC)/,
    'the bridge thread tells the phones',
  ],
  [/^PRIVATE_COMMAND/, /./, 'the event of a queued message is fired by the thread that carries it out'],
  [/^(?:API|COMMAND|BACKGROUND_JOB)/, /./, 'a job tells of itself from its own thread'],
]

const mayCross = (one: string, other: string): boolean =>
  RACES.some(([a, b]) => (a.test(one) && b.test(other)) || (a.test(other) && b.test(one)))

/** Whether an event may stand at `j` of one run where it stands at `i` of another: all that it passes may be passed. */
export const isRace = (a: readonly string[], i: number, b: readonly string[], j: number): boolean => {
  const label = a[i] ?? ''
  const [before, now] = [a.slice(0, i), b.slice(0, j)]
  const rest = [...now]
  const passed: string[] = []
  for (const one of before) {
    const at = rest.indexOf(one)
    if (at < 0) passed.push(one)
    else rest.splice(at, 1)
  }
  return [...passed, ...rest].every((other) => mayCross(label, other))
}
