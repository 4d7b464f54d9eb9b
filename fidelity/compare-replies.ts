import { firstDifference } from './first-difference.ts'
import { isChannelData, type WireFrame } from './frames.ts'

export interface ReplyComparison {
  readonly same: number
  readonly of: number
  readonly differences: readonly string[]
}

/** A reply, an answer or a notice, as text: what it says, without what differs from run to run. */
const textOf = (frame: WireFrame, normalise: (text: string) => string): string => {
  const headers = frame.headers
    .filter(([name]) => name !== 'Content-Length' && name !== 'Job-UUID')
    .map(([name, value]) => `${name}: ${value}`)
  return normalise(
    `${frame.kind}\n${isChannelData(frame) ? '(channel data)' : headers.join('\n')}\n${frame.body}`,
  )
}

const isReply = ({ kind }: WireFrame): boolean => kind !== 'event' && kind !== 'log/data'

/** The shape of log lines; what they say is the business of the version. */
const logShapes = (frames: readonly WireFrame[]): string =>
  [
    ...new Set(
      frames
        .filter(({ kind }) => kind === 'log/data')
        .map(({ headers }) => headers.map(([name]) => name).join()),
    ),
  ]
    .sort()
    .join(';')

/** Compares everything on a connection that is no event, in order. */
export const compareReplies = (
  recorded: readonly WireFrame[],
  simulated: readonly WireFrame[],
  normaliseRecorded: (text: string) => string,
  normaliseSimulated: (text: string) => string,
): ReplyComparison => {
  const a = recorded.filter(isReply).map((frame) => textOf(frame, normaliseRecorded))
  const b = simulated.filter(isReply).map((frame) => textOf(frame, normaliseSimulated))
  const [logs, ours] = [logShapes(recorded), logShapes(simulated)]
  const differences: string[] = []
  const count = Math.max(a.length, b.length)
  for (let i = 0; i < count; i++) {
    const [one, other] = [a[i], b[i]]
    if (one === undefined)
      differences.push(`too much: reply ${i + 1} ${JSON.stringify(other?.slice(0, 120))}`)
    else if (other === undefined)
      differences.push(`missing: reply ${i + 1} ${JSON.stringify(one.slice(0, 120))}`)
    else if (one !== other) differences.push(`reply ${i + 1} is ${firstDifference(one, other)}`)
  }
  if (logs !== ours) differences.push(`log lines come as '${ours}', not '${logs}'`)
  const of = count + (logs === '' ? 0 : 1)
  return { same: Math.max(0, of - differences.length), of, differences }
}
