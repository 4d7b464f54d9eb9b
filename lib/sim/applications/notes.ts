import { db as dbCommand, hash as hashCommand } from '../apis/stored.ts'
import { updateProfile } from '../channel/caller-profile.ts'
import type { Channel } from '../channel/channel.ts'
import { setHeartbeat } from '../channel/session-heartbeat.ts'
import { getVariable, isTrue, setVariable } from '../channel/variables.ts'
import { deleteTasks } from '../core/schedule.ts'
import type { Application } from '../execution/execution.ts'

/** Applications that only note something, in the switch, in the caller profile or in a variable, and end at once. */

/** `eval`: its argument has been put together by now, with what that brings about; nothing else happens. */
export const evalApp: Application = (_, run) => run.end()

/** `hash insert/<realm>/<key>/<value>`, `hash delete/...` (`hash_dump_function` in `mod_hash.c`). */
export const hash: Application = (sw, run) => {
  hashCommand(sw, run.arg)
  run.end()
}

const splitPair = (pair: string): readonly [name: string, value: string] => {
  const equals = pair.indexOf('=')
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
}

/** `set_global name=value`. */
export const setGlobal: Application = (sw, run) => {
  const [name, value] = splitPair(run.arg)
  if (name !== '') sw.stores.globals.set(name, value)
  run.end()
}

const stack = (channel: Channel, pair: string, inFront: boolean): void => {
  const [name, value] = splitPair(pair.trim())
  if (name === '') return
  const before = getVariable(channel, name)
  if (before === undefined) {
    setVariable(channel, name, value)
    return
  }
  const values = before.startsWith('ARRAY::') ? before.slice('ARRAY::'.length) : before
  setVariable(channel, name, `ARRAY::${inFront ? `${value}|:${values}` : `${values}|:${value}`}`)
}

/** `push name=value`: a variable becomes an array with its second value. */
export const push: Application = (_, run) => {
  stack(run.channel, run.arg, false)
  run.end()
}

/** `unshift name=value`: the same, in front. */
export const unshift: Application = (_, run) => {
  stack(run.channel, run.arg, true)
  run.end()
}

/** `sched_cancel [<group or number>]`: without one, all that is scheduled for the channel. */
export const schedCancel: Application = (sw, run) => {
  deleteTasks(sw, run.arg === '' ? run.channel.uuid : run.arg)
  run.end()
}

/** The fields of a caller profile, by their names (`switch_channel_set_profile_var` in `src/switch_channel.c`). */
const PROFILE_FIELDS = {
  dialplan: 'dialplan',
  username: 'username',
  caller_id_name: 'name',
  caller_id_number: 'number',
  callee_id_name: 'calleeName',
  callee_id_number: 'calleeNumber',
  network_addr: 'networkAddr',
  ani: 'ani',
  rdnis: 'rdnis',
  destination_number: 'destination',
  source: 'source',
  context: 'context',
} as const

const isField = (name: string): name is keyof typeof PROFILE_FIELDS => Object.hasOwn(PROFILE_FIELDS, name)

/** `set_profile_var name=value`. */
export const setProfileVar: Application = (_, run) => {
  const [name, value] = splitPair(run.arg)
  if (run.channel.caller && isField(name))
    updateProfile(run.channel.caller, { [PROFILE_FIELDS[name]]: value })
  run.end()
}

/** `verbose_events`: from now on every event of the channel carries its variables. */
export const verboseEvents: Application = (_, run) => {
  run.channel.verbose = true
  run.end()
}

/** `enable_heartbeat <seconds>`: SESSION_HEARTBEAT every so many seconds, 0 for never. */
export const enableHeartbeat: Application = (sw, run) => {
  const seconds = Number.parseInt(run.arg, 10) || 0
  if (seconds >= 0) setHeartbeat(sw, run.channel, seconds)
  run.end()
}

/** `session_loglevel <level>`: what the session logs, of which the embedded switch has little to say. */
export const sessionLoglevel: Application = (_, run) => run.end()

/** `db insert/<realm>/<key>/<value>`, `db delete/...` (`db_function` in `mod_db.c`). */
export const db: Application = (sw, run) => {
  dbCommand(sw, run.arg)
  run.end()
}

/** `privacy full|name|number|yes|no`: what of the caller id is to be hidden. */
export const privacy: Application = (_, run) => {
  const { caller } = run.channel
  const mode = run.arg.toLowerCase()
  const both = mode === 'full' || isTrue(mode)
  if (caller && (both || mode === 'name')) caller.hideName = true
  if (caller && (both || mode === 'number')) caller.hideNumber = true
  if (caller && /^(?:no|off|false|f|disabled|inactive|disallow|0)$/.test(mode)) {
    caller.hideName = false
    caller.hideNumber = false
  }
  if (caller) caller.when = undefined
  run.end()
}
