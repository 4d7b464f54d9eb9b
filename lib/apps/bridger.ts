import { ArgumentError, CommandError } from '../errors.ts'
import type { Call } from '../model/call.ts'
import type { BridgeOptions } from '../model/verbs/bridge.ts'
import type { ClientApp } from '../service/client.ts'
import { isBridgeOptions, writeJson } from './options/bridge-table.ts'
import { readJson, type OptionSpec, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'

/**
 * Where to bridge to: `proxy` is the Request-URI, through the profile that the leg came in by; one that cannot be dialled
 * safely is hung up with INVALID_NUMBER_FORMAT. On a command line it is JSON, without `dialString(…)`.
 */
export type BridgeTarget = 'proxy' | BridgeOptions

export interface BridgerOptions {
  /**
   * What is done with the first leg of a call that is parked, with the second, and so on; one that the table does not have
   * is left alone. Default `{ 1: 'proxy' }`.
   */
  readonly bridges?: Readonly<Record<number, BridgeTarget>>
}

const isTarget = (value: unknown): boolean => value === 'proxy' || isBridgeOptions(value)

const bridges: OptionSpec<Readonly<Record<number, BridgeTarget>>> = {
  type: 'json',
  default: { 1: 'proxy' },
  summary: 'for each leg that is parked, by its number, where it is bridged to',
  expected: 'a table of numbers from 1 on and what bridge() takes, or "proxy", such as {"1":"proxy"}',
  isValid: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([number, target]) => /^[1-9]\d*$/.test(number) && isTarget(target)),
  read: readJson,
  write: writeJson,
}

/** With these the switch lets a call go on, whatever its variables say (`switch_channel_handle_cause`). */
const NOT_ANSWERED = /^(?:NO_ANSWER|NO_USER_RESPONSE|ORIGINATOR_CANCEL)$/

export const BRIDGER_OPTIONS: OptionTable<BridgerOptions> = { bridges }

/**
 * Bridges a call's inbound legs in the order that they are parked, each as the table says: a call that comes back to the
 * switch is sent on, so that one call becomes a chain of as many bridges as the table has.
 */
export const bridger = (options: BridgerOptions = {}): ClientApp => {
  const table = readOptions('Bridger', BRIDGER_OPTIONS, options).bridges
  const parked = new WeakMap<Call['vars'], number>()
  return {
    name: 'Bridger',
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound') return
        const count = (parked.get(sess.call.vars) ?? 0) + 1
        parked.set(sess.call.vars, count)
        const target = table[count]
        if (target === undefined) return
        try {
          const { uuid } = await sess.bridge(target === 'proxy' ? {} : target)
          sess.log('leg %d is bridged to %s', count, uuid)
        } catch (error) {
          if (error instanceof ArgumentError && target === 'proxy') {
            sess.log('leg %d was not bridged: %s', count, error.message)
            await sess.hangup('INVALID_NUMBER_FORMAT')
            return
          }
          // The callee's refusal is the caller's, too: the switch hangs up with its cause, but not where nobody answered in time.
          if (!(error instanceof CommandError)) throw error
          sess.log('leg %d was not bridged: %s', count, error.reply)
          if (NOT_ANSWERED.test(error.reply) && !sess.hungup) await sess.hangup('NO_ANSWER')
          else if (!sess.hungup) throw error
        }
      },
    },
  }
}
