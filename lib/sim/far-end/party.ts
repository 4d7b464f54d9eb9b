import { ArgumentError } from '../../errors.ts'
import type { PartyBehaviour } from '../calls/far-end.ts'
import { readTime, type Draw, type ScriptTime } from './time.ts'
import type { Random } from '../core/random.ts'

/** How one party behaves; times are counted from the INVITE, those behind the answer from the answer. */
export interface PartyScript {
  /** 180 Ringing. */
  readonly ring?: ScriptTime
  /** 183 with early media. */
  readonly early?: ScriptTime
  /** 200 OK. Without it, and without a refusal, it rings out. */
  readonly answer?: ScriptTime
  /** 486 Busy Here, after that time; `true`: at once. */
  readonly busy?: true | ScriptTime
  /** Another refusal: a SIP status from 300 to 699, and when. */
  readonly reject?: number | { readonly status: number; readonly after?: ScriptTime }
  /** Hangs up so long after its answer. */
  readonly hangup?: ScriptTime
  /** Keys that it presses after its answer; default at once. */
  readonly digits?: string | { readonly send: string; readonly after?: ScriptTime }
  readonly says?: string
  readonly audio?: NonNullable<PartyBehaviour['audio']>
}

const KNOWN = ['ring', 'early', 'answer', 'busy', 'reject', 'hangup', 'digits', 'says', 'audio']
const AUDIO = ['both', 'sends', 'hears', 'none']
const BUSY = 486

const AT_ONCE: Draw = () => 0

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readRefusal = (
  { busy, reject }: Record<string, unknown>,
  where: string,
): { status: number; after: Draw } | undefined => {
  if (busy !== undefined)
    return { status: BUSY, after: busy === true ? AT_ONCE : readTime(busy, `${where}.busy`) }
  if (reject === undefined) return undefined
  const { status, after } = isRecord(reject) ? reject : { status: reject, after: undefined }
  if (!Number.isInteger(status) || Number(status) < 300 || Number(status) > 699)
    throw new ArgumentError(
      `far end: ${where}.reject is ${JSON.stringify(reject)}, not a SIP status from 300 to 699`,
    )
  return {
    status: Number(status),
    after: after === undefined ? AT_ONCE : readTime(after, `${where}.reject.after`),
  }
}

const readKeys = (digits: unknown, where: string): { send: string; after: Draw } | undefined => {
  if (digits === undefined) return undefined
  const { send, after } = isRecord(digits) ? digits : { send: digits, after: undefined }
  if (typeof send !== 'string' || !/^[0-9A-Da-d*#]+$/.test(send))
    throw new ArgumentError(`far end: ${where}.digits is ${JSON.stringify(digits)}, not keys such as "123#"`)
  return { send, after: after === undefined ? AT_ONCE : readTime(after, `${where}.digits.after`) }
}

/** Reads how a party behaves, and gives what draws it anew for each call. */
export const readParty = (
  script: Record<string, unknown>,
  where: string,
): ((random: Random) => PartyBehaviour) => {
  const unknown = Object.keys(script).find((name) => !KNOWN.includes(name))
  if (unknown !== undefined)
    throw new ArgumentError(
      `far end: ${where} has '${unknown}'; what there is: ${KNOWN.join(', ')}, weights, parties`,
    )
  const { says, audio = 'both' } = script
  if (typeof audio !== 'string' || !AUDIO.includes(audio))
    throw new ArgumentError(
      `far end: ${where}.audio is ${JSON.stringify(audio)}, not one of ${AUDIO.join(', ')}`,
    )
  if (says !== undefined && typeof says !== 'string')
    throw new ArgumentError(`far end: ${where}.says is not a sound to play, or "echo"`)
  const time = (name: string): Draw | undefined =>
    script[name] === undefined ? undefined : readTime(script[name], `${where}.${name}`)
  const [ring, early, answer, hangup] = [time('ring'), time('early'), time('answer'), time('hangup')]
  const refusal = readRefusal(script, where)
  const keys = readKeys(script['digits'], where)
  // Drawn in a fixed order, or one seed would not give one run.
  return (random) => ({
    ...(ring && { ringAfter: ring(random) }),
    ...(early && { earlyMediaAfter: early(random) }),
    ...(answer && { answerAfter: answer(random) }),
    ...(refusal && { reject: { status: refusal.status, after: refusal.after(random) } }),
    ...(hangup && { hangupAfter: hangup(random) }),
    ...(keys && { digits: { send: keys.send, after: keys.after(random) } }),
    ...(says !== undefined && { says }),
    audio: audio as NonNullable<PartyBehaviour['audio']>,
  })
}
