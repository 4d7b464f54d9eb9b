import { encodeDestination } from '../../esl/encode/destination.ts'
import { mapTexts } from '../../esl/parties.ts'
import { SwitchixError } from '../../errors.ts'
import type { BridgeOptions } from '../../model/verbs/bridge.ts'

/** What a table may say of a bridge: what `bridge()` takes, as JSON can hold it. */
const NAMES = new Set<string>(
  Object.keys({
    dest: true,
    parties: true,
    strategy: true,
    confirm: true,
    gateway: true,
    profile: true,
    proxy: true,
    vars: true,
    timeout: true,
    continueOnFail: true,
    bargeIn: true,
    expand: true,
    signal: true,
  } satisfies Record<keyof BridgeOptions, true>),
)

export const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Groups of a match stand for a digit while the rest is looked at. */
const withoutGroups = (text: string): string => text.replace(/\$(?:\d|<\w+>|\$)/g, '1')

/** Whether all of it can be dialled, so that a table that cannot is refused before the first call. */
const canBeDialled = ({ dest, parties, strategy, confirm, ...more }: BridgeOptions): boolean => {
  const destination = parties === undefined ? dest : { parties, strategy, confirm }
  if (destination === undefined || (dest !== undefined && parties !== undefined)) return parties === undefined
  try {
    encodeDestination(mapTexts(destination, withoutGroups), more.vars ?? {}, more)
    return true
  } catch (error) {
    if (error instanceof SwitchixError) return false
    throw error
  }
}

/** Whether a value out of a program or of JSON is what `bridge()` takes. */
export const isBridgeOptions = (value: unknown): value is BridgeOptions =>
  isTable(value) && Object.keys(value).every((name) => NAMES.has(name)) && canBeDialled(value)

/** As a command line can have it. */
export const writeJson = (value: unknown): string => JSON.stringify(value)
