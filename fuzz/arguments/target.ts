import { messageOf } from '../../lib/errors.ts'
import type { Session } from '../../lib/index.ts'
import { readPackets, type Command } from '../model/packet.ts'
import { createRandom } from '../random.ts'
import type { FuzzOptions, FuzzResult, FuzzTarget } from '../target.ts'
import type { Position } from './position.ts'
import { bridgePositions } from './positions/bridge.ts'
import { clientPositions } from './positions/client.ts'
import { controlPositions } from './positions/control.ts'
import { mediaPositions } from './positions/media.ts'
import { originatePositions } from './positions/originate.ts'
import { speechPositions } from './positions/speech.ts'
import { variablePositions } from './positions/variables.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { randomNumber, randomText } from './texts.ts'
import { wrong, type Verdict } from './verdict.ts'

export const POSITIONS: readonly Position[] = [
  ...variablePositions,
  ...originatePositions,
  ...bridgePositions,
  ...mediaPositions,
  ...speechPositions,
  ...controlPositions,
  ...clientPositions,
]

/** What the verbs ask the switch for beside their own command. */
const isSubscription = ({ line }: Command): boolean => /^event plain [A-Z_]+(?: [A-Z_]+)*$/.test(line)

const toBytes = (value: unknown): string => Buffer.from(String(value), 'utf8').toString('latin1')

interface Attempt {
  readonly outcome: 'refused' | 'exact' | 'nothing' | 'WRONG' | 'INJECTED' | 'CRASHED'
  readonly why: string
}

/** An application that the switch does not have is refused, too. */
const REFUSALS: readonly unknown[] = ['BAD_ARGUMENT', 'COMMAND_FAILED']
const isRefusal = (error: unknown): boolean =>
  REFUSALS.includes((error as { code?: unknown } | undefined)?.code)

/** Enough turns for a verb to have encoded its command, or to have rejected. */
const settle = async (written: () => boolean): Promise<void> => {
  for (let i = 0; i < 40 && (i < 12 || !written()); i++) await Promise.resolve()
}

const attempt = async (
  recorder: Recorder,
  position: Position,
  session: Session,
  value: unknown,
): Promise<Attempt> => {
  let error: unknown
  let isOver = false
  let written = ''
  recorder.take()
  const failed = (reason: unknown): void => {
    // Later on the session ends, and what waits for it with that.
    if (!isOver) error ??= reason
  }
  try {
    const result = position.send({ client: recorder.client, session }, value as never)
    if (result instanceof Promise) result.catch(failed)
  } catch (thrown) {
    failed(thrown)
  }
  await settle(() => {
    written += recorder.take()
    return written !== '' || error !== undefined
  })
  isOver = true
  written += recorder.take()
  if (error !== undefined && !isRefusal(error)) return { outcome: 'CRASHED', why: messageOf(error) }
  if (error !== undefined && written === '') return { outcome: 'refused', why: '' }
  if (written === '') return { outcome: 'nothing', why: '' }
  const sent = readPackets(written).filter(
    (command) => position.name === 'subscribe' || !isSubscription(command),
  )
  let verdict: Verdict
  try {
    verdict =
      error === undefined || sent.length > 0 ? position.judge(toBytes(value), sent, session.uuid) : undefined
  } catch (thrown) {
    verdict = wrong(`the model: ${String(thrown)}`)
  }
  if (error !== undefined && sent.length === 0) return { outcome: 'refused', why: '' }
  return verdict ? { outcome: verdict.kind, why: verdict.why } : { outcome: 'exact', why: '' }
}

const OUTCOMES = ['refused', 'exact', 'nothing', 'WRONG', 'INJECTED', 'CRASHED'] as const
const SHOWN = 4
/** A session's mailbox keeps what nobody takes: it is not used for long. */
const SESSION_LASTS = 400
/** Calls that it places never end: nor is a client. */
const CLIENT_LASTS = 20_000

const run = async ({ n, seed, part }: FuzzOptions): Promise<FuzzResult> => {
  const positions = POSITIONS.filter(({ name }) => part === undefined || name === part)
  if (positions.length === 0)
    throw new Error(
      `expected a position of ${POSITIONS.map(({ name }) => name).join(', ')}, got "${part ?? ''}"`,
    )
  const random = createRandom(seed)
  let recorder = await createRecorder()
  const counts = new Map(positions.map(({ name }) => [name, new Map<string, number>()]))
  const samples: string[] = []
  let session = await recorder.newSession()
  let failures = 0
  for (let tried = 0; tried < n; tried++) {
    if (tried % CLIENT_LASTS === 0 && tried > 0) {
      recorder.end()
      recorder = await createRecorder()
    }
    if (tried % SESSION_LASTS === 0) session = await recorder.newSession()
    const position = positions[tried % positions.length] as Position
    const value = position.takes === 'number' ? randomNumber(random) : randomText(random)
    const { outcome, why } = await attempt(recorder, position, session, value)
    const count = counts.get(position.name)
    count?.set(outcome, (count.get(outcome) ?? 0) + 1)
    if (why === '') continue
    failures++
    if ((count?.get(outcome) ?? 0) <= SHOWN)
      samples.push(
        `${outcome} ${position.name} ${typeof value === 'number' ? value : JSON.stringify(value)}: ${why.slice(0, 200)}`,
      )
  }
  const row = (name: string, cells: readonly (string | number)[]): string =>
    name.padEnd(32) + cells.map((cell) => String(cell).padStart(9)).join('')
  const table = Array.from(counts, ([name, count]) =>
    row(
      name,
      OUTCOMES.map((outcome) => count.get(outcome) ?? 0),
    ),
  )
  return { tried: n, failed: failures, lines: [row('position', OUTCOMES), ...table, ...samples] }
}

export const argumentsTarget: FuzzTarget = {
  name: 'arguments',
  about: 'texts and numbers in every place of a command, against a model of how the switch reads it',
  count: 1_000_000,
  run,
}
