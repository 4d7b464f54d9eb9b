import { randomBytes } from 'node:crypto'
import debug from 'debug'
import type { TimerHandle } from '../../clock.ts'
import { ApiError, SwitchixError } from '../../errors.ts'
import type { Client } from '../../service/client.ts'

const log = debug('switchix:dial')

/** FreeSWITCH's brakes: new sessions a second, and sessions at once. Calls beyond fail with DESTINATION_OUT_OF_ORDER. */
export interface SwitchLimits {
  readonly sps: number
  readonly max_sessions: number
}

const NAMES = ['sps', 'max_sessions'] as const

/** `+OK sessions per second: 30`, `+OK max sessions: 1000` (`ctl_function` in `mod_commands.c`). */
const readLimit = async (client: Client, name: keyof SwitchLimits, value = ''): Promise<number> => {
  const reply = await client.api(`fsctl ${name} ${value}`.trimEnd())
  const number = /:\s*(\d+)/.exec(reply)?.[1]
  if (number !== undefined) return Number(number)
  throw new SwitchixError('COMMAND_FAILED', `fsctl ${name}: expected a number, got ${JSON.stringify(reply)}`)
}

/** What the switch allows; undefined where it does not tell, as to a user who may not ask. */
export const readLimits = async (client: Client): Promise<SwitchLimits | undefined> => {
  try {
    const [sps, max_sessions] = await Promise.all(NAMES.map((name) => readLimit(client, name)))
    return { sps: sps ?? 0, max_sessions: max_sessions ?? 0 }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    log('%s does not tell its limits: %s', client.name, error.message)
    return undefined
  }
}

/** Those of `needed` that are more than what there is. */
export const shortOf = (limits: SwitchLimits, needed: SwitchLimits): (keyof SwitchLimits)[] =>
  NAMES.filter((name) => limits[name] < needed[name])

/** Limits that were raised, until they are put back. */
export interface RaisedLimits {
  restore(): Promise<void>
}

/** In seconds: when the switch itself puts its limits back, unless it hears from us, and how often it does. */
const PATIENCE = 90
const RENEWAL = 30

/**
 * Raises the limits of a switch, and has the switch put them back by itself (`sched_api`) should we be gone without a
 * word: that order is put off as long as we are there.
 */
export const raiseLimits = async (
  client: Client,
  limits: SwitchLimits,
  needed: SwitchLimits,
): Promise<RaisedLimits> => {
  const names = shortOf(limits, needed)
  const { clock } = client
  /** The group of the tasks that stand by on the switch. */
  let standing: string | undefined
  let timer: TimerHandle | undefined

  const api = (command: string): Promise<string> =>
    client.api(command).catch((error: unknown) => {
      log('%s: %s: %O', client.name, command, error)
      return ''
    })

  const cancel = async (group: string | undefined): Promise<void> => {
    if (group !== undefined) await api(`sched_del ${group}`)
  }

  const order = async (): Promise<void> => {
    const before = standing
    const group = `switchix-${randomBytes(4).toString('hex')}`
    standing = group
    for (const name of names) await api(`sched_api +${PATIENCE} ${group} fsctl ${name} ${limits[name]}`)
    await cancel(before)
  }

  const renew = (): void => {
    timer = client.clock.setTimeout(() => void order().then(renew), RENEWAL * 1000, true)
  }

  if (names.length === 0) return { restore: () => Promise.resolve() }
  await order()
  for (const name of names) await readLimit(client, name, String(needed[name]))
  renew()
  return {
    async restore() {
      clock.clearTimeout(timer)
      for (const name of names) await api(`fsctl ${name} ${limits[name]}`)
      await cancel(standing)
    },
  }
}
