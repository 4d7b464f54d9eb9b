import type { Clock } from '../../clock.ts'
import { isHangupCause, type HangupCause } from '../../esl/hangup-causes.ts'
import type { Channel, EventHeaders, LegOptions } from './channel.ts'
import type { SentCommand } from './command.ts'

/** What a command can make happen. */
export interface Stage {
  readonly clock: Clock
  readonly channels: ReadonlyMap<string, Channel>
  say(name: string, headers?: EventHeaders, channel?: Channel): boolean
  /** Adds a leg, of which nobody knows yet. */
  add(options: LegOptions): Channel
}

/** Has a command done: says the events that a switch would say for it. */
export type Effect = (stage: Stage, command: SentCommand, channel: Channel, headers: EventHeaders) => void

const executed = ({ name, arg, id }: SentCommand): EventHeaders => ({
  Application: name,
  ...(arg === '' ? {} : { 'Application-Data': arg }),
  ...(id === undefined ? {} : { 'Application-UUID': id }),
})

/** Says that an application begins. */
export const begin = (stage: Stage, command: SentCommand, channel: Channel): void => {
  if (channel.running.has(command)) return
  channel.running.add(command)
  stage.say('CHANNEL_EXECUTE', executed(command), channel)
}

/** Says that an application has ended, once. */
export const finish = (
  stage: Stage,
  command: SentCommand,
  channel: Channel,
  headers: EventHeaders = {},
): void => {
  if (!channel.running.delete(command)) return
  const all = { ...executed(command), 'Application-Response': '_none_', ...headers }
  stage.say('CHANNEL_EXECUTE_COMPLETE', all, channel)
}

export const answer = (stage: Stage, channel: Channel): void => {
  if (channel.answered) return
  channel.answered = true
  stage.say('CHANNEL_ANSWER', {}, channel)
}

/** Takes two legs apart; the one that had called the other goes on. */
const unbridge = (stage: Stage, channel: Channel): void => {
  const { other } = channel
  if (!other) return
  const ids = { 'Bridge-A-Unique-ID': channel.uuid, 'Bridge-B-Unique-ID': other.uuid }
  stage.say('CHANNEL_UNBRIDGE', ids, channel)
  channel.other = undefined
  other.other = undefined
  for (const leg of [channel, other])
    for (const command of [...leg.running]) if (command.name === 'bridge') finish(stage, command, leg)
}

/** Ends a leg, in the order in which FreeSWITCH tells of it. */
export const hangUp = (stage: Stage, channel: Channel, cause: HangupCause = 'NORMAL_CLEARING'): void => {
  if (channel.gone) return
  const { other } = channel
  channel.cause = cause
  stage.say('CHANNEL_HANGUP', {}, channel)
  unbridge(stage, channel)
  for (const command of [...channel.running]) finish(stage, command, channel)
  channel.gone = true
  stage.say('CHANNEL_HANGUP_COMPLETE', {}, channel)
  stage.say('CHANNEL_DESTROY', {}, channel)
  // The leg that was called does not outlive its caller.
  if (other?.direction === 'outbound') hangUp(stage, other, cause)
}

const causeIn = (text: string): HangupCause => {
  const [, cause] = /(\b[A-Z][A-Z_]+\b)\s*$/.exec(text) ?? []
  return cause !== undefined && isHangupCause(cause) ? cause : 'NORMAL_CLEARING'
}

/** What FreeSWITCH makes of a final SIP response, where switchix's users meet it (`sofia_glue_transform_cause`, RFC 4497). */
const CAUSE_OF_STATUS: Readonly<Record<string, HangupCause>> = {
  403: 'CALL_REJECTED',
  404: 'UNALLOCATED_NUMBER',
  408: 'RECOVERY_ON_TIMER_EXPIRE',
  480: 'NO_USER_RESPONSE',
  486: 'USER_BUSY',
  487: 'ORIGINATOR_CANCEL',
  503: 'NORMAL_TEMPORARY_FAILURE',
  603: 'CALL_REJECTED',
}

const plain: Effect = (stage, command, channel, headers) => finish(stage, command, channel, headers)

const sayThen =
  (...names: readonly string[]): Effect =>
  (stage, command, channel, headers) => {
    for (const name of names) stage.say(name, {}, channel)
    finish(stage, command, channel, headers)
  }

const play: Effect = (stage, command, channel, headers) => {
  const file = { 'Playback-File-Path': command.arg }
  stage.say('PLAYBACK_START', file, channel)
  stage.say('PLAYBACK_STOP', { ...file, 'Playback-Status': 'done', ...headers }, channel)
  finish(stage, command, channel, { 'Application-Response': 'FILE PLAYED', ...headers })
}

/** Goes on until something else ends it. */
const goOn: Effect = (stage, command, channel, headers) => {
  if (Object.keys(headers).length > 0) finish(stage, command, channel, headers)
}

/** Waits for whoever takes it up. */
const parked: Effect = (stage, _, channel, headers) => void stage.say('CHANNEL_PARK', headers, channel)

/** The leg that is called answers, and both hear each other until one of them hangs up. */
const bridge: Effect = (stage, command, channel) => {
  const [, destination = command.arg] = /([^/@]+)(?:@[^/]*)?$/.exec(command.arg) ?? []
  const leg = stage.add({ direction: 'outbound', caller: channel.caller, destination })
  leg.other = channel
  for (const name of ['CHANNEL_CREATE', 'CHANNEL_ORIGINATE', 'CHANNEL_PROGRESS']) stage.say(name, {}, leg)
  answer(stage, leg)
  answer(stage, channel)
  channel.other = leg
  const ids = { 'Bridge-A-Unique-ID': channel.uuid, 'Bridge-B-Unique-ID': leg.uuid }
  stage.say('CHANNEL_BRIDGE', ids, channel)
}

const transfer: Effect = (stage, command, channel, headers) => {
  const [destination = ''] = command.arg.split(' ')
  finish(stage, command, channel, headers)
  channel.profileIndex++
  channel.destination = destination
  stage.say('CHANNEL_PARK', headers, channel)
}

const record: Effect = (stage, command, channel) => {
  const [, action = '', path = ''] = /^(\S+) (.*?)(?: \d+)?$/s.exec(command.arg) ?? []
  const paths = action === 'stop' && path === 'all' ? [...channel.recordings] : [path]
  for (const each of paths) {
    if (action === 'start') channel.recordings.add(each)
    if (action === 'stop') channel.recordings.delete(each)
    if (action === 'start' || action === 'stop')
      stage.say(`RECORD_${action.toUpperCase()}`, { 'Record-File-Path': each }, channel)
  }
}

const respond: Effect = (stage, command, channel, headers) => {
  const [status = ''] = command.arg.split(' ')
  finish(stage, command, channel, headers)
  if (Number(status) >= 300) hangUp(stage, channel, CAUSE_OF_STATUS[status] ?? 'NORMAL_UNSPECIFIED')
}

const schedule: Effect = (stage, command, channel) => {
  const [, seconds = '0'] = /^\+?(\d+)/.exec(command.arg) ?? []
  stage.clock.setTimeout(() => hangUp(stage, channel, causeIn(command.arg)), Number(seconds) * 1000, true)
}

const sleep: Effect = (stage, command, channel, headers) =>
  void stage.clock.setTimeout(() => finish(stage, command, channel, headers), Number(command.arg) || 0)

const breakOff: Effect = (stage, _, channel) => {
  for (const command of [...channel.running].slice(-1))
    finish(stage, command, channel, { 'Application-Response': 'FILE PLAYED' })
}

const kill: Effect = (stage, command, channel) => hangUp(stage, channel, causeIn(command.arg))

/** What is done for a command that nobody said anything else about; what is not here just ends. */
const EFFECTS: Readonly<Record<string, Effect>> = {
  answer(stage, command, channel, headers) {
    answer(stage, channel)
    finish(stage, command, channel, headers)
  },
  pre_answer: sayThen('CHANNEL_PROGRESS_MEDIA'),
  ring_ready: sayThen('CHANNEL_PROGRESS'),
  respond,
  hangup: kill,
  uuid_kill: kill,
  playback: play,
  speak: play,
  say: play,
  echo: goOn,
  endless_playback: goOn,
  park: parked,
  uuid_park: parked,
  conference: goOn,
  bridge,
  transfer,
  uuid_transfer: transfer,
  uuid_record: record,
  uuid_break: breakOff,
  sched_hangup: schedule,
  sleep,
}

/** Whether a playback has no end of its own. */
const isEndless = ({ name, arg }: SentCommand): boolean => name === 'playback' && /\bloops=-1\b/.test(arg)

export const effectOf = (command: SentCommand): Effect =>
  isEndless(command)
    ? goOn
    : ((Object.hasOwn(EFFECTS, command.name) ? EFFECTS[command.name] : undefined) ?? plain)

/** What becomes of a command that fails: `reason` is a hangup cause for a bridge, else the application's response. */
export const failEffect = (stage: Stage, command: SentCommand, channel: Channel, reason: string): void => {
  if (command.name !== 'bridge') {
    finish(stage, command, channel, { 'Application-Response': reason })
    return
  }
  channel.variables.set('originate_disposition', reason)
  finish(stage, command, channel, { variable_originate_disposition: reason, variable_DIALSTATUS: reason })
  if (channel.variables.get('continue_on_fail') !== 'true') hangUp(stage, channel, causeIn(reason))
}

/** Which word of its argument names the variable that an application puts digits into. */
const DIGIT_VARIABLE: Readonly<Record<string, number>> = { play_and_get_digits: 7, read: 3 }

/** The variable that a command collects digits in. */
export const digitVariable = ({ name, arg }: SentCommand): string | undefined => {
  const at = DIGIT_VARIABLE[name]
  return at === undefined ? undefined : arg.split(' ')[at]
}
