import type { Channel } from '../channel/channel.ts'
import { getVariable } from '../channel/variables.ts'
import type { Switch } from '../core/switch.ts'
import { KINDS, type Kind } from './kinds.ts'
import { log } from './log.ts'
import { CALL_STATE_LINES, LINES_OF, STATE_LINES, type StateLines } from './log-origins.ts'

/** What the log says of a call: each event has its lines, so they are written where events are fired. */

/** The state that a channel's log has come to. */
const reached = new WeakMap<Channel, StateLines>()

const state = (sw: Switch, channel: Channel): void => {
  const { name, uuid, running, direction } = channel
  const before = reached.get(channel)
  if (running === 'CS_NEW' && direction === 'inbound')
    log(sw, LINES_OF.named, `New Channel ${name} [${uuid}]`, uuid)
  if (before) log(sw, before.at, `(${name}) State ${before.name} going to sleep`, uuid)
  const { counters, channels } = sw
  log(
    sw,
    STATE_LINES[running]?.runs ?? LINES_OF.runs,
    `(${name}) Running State Change ${running} (Cur ${channels.size} Tot ${counters.sessions})`,
    uuid,
  )
  const lines = STATE_LINES[running]
  if (!lines) return
  reached.set(channel, lines)
  const cause =
    running === 'CS_HANGUP' || running === 'CS_REPORTING' ? `, cause: ${channel.hangupCause ?? ''}` : ''
  log(sw, lines.at, `(${name}) State ${lines.name}`, uuid)
  if (lines.sofia) log(sw, lines.sofia, `${name} SOFIA ${lines.name}`, uuid)
  // An originate routes its leg itself.
  const own = running === 'CS_ROUTING' && direction === 'outbound'
  if (lines.standard && !own) log(sw, lines.standard, `${name} Standard ${lines.name}${cause}`, uuid)
}

const callState = (sw: Switch, { name, uuid, callState: now }: Channel, before: string): void => {
  const [, was = ''] = /^\nOriginal-Channel-Call-State: (\w+)/.exec(before) ?? []
  const origin = CALL_STATE_LINES[now]
  if (origin) log(sw, origin, `(${name}) Callstate Change ${was} -> ${now}`, uuid)
}

const hangup = (sw: Switch, { name, uuid, running, hangupCause = '', executions, leg }: Channel): void => {
  const itself = executions.at(-1)?.app === 'hangup'
  const origin = itself ? LINES_OF.byApplication : leg?.over === true ? LINES_OF.byFarEnd : LINES_OF.byCommand
  log(sw, origin, `Hangup ${name} [${running}] [${hangupCause}]`, uuid)
}

const execute = (sw: Switch, { name, uuid, lastApp, executions }: Channel): void => {
  const [app, arg] = lastApp ?? ['', '']
  log(sw, LINES_OF.executes, `EXECUTE [depth=${executions.length}] ${name} ${app}(${arg})`, uuid)
}

const destroy = (sw: Switch, channel: Channel): void => {
  const { name, uuid } = channel
  log(sw, LINES_OF.ended, `Session ${getVariable(channel, 'session_id') ?? ''} (${name}) Ended`, uuid)
  log(sw, LINES_OF.closed, `Close Channel ${name} [CS_DESTROY]`, uuid)
}

const LINES = new Map<Kind, (sw: Switch, channel: Channel, before: string) => void>([
  [KINDS.outgoing, (sw, { name, uuid }) => log(sw, LINES_OF.named, `New Channel ${name} [${uuid}]`, uuid)],
  [KINDS.state, state],
  [KINDS.callState, callState],
  [KINDS.execute, execute],
  [
    KINDS.answer,
    (sw, { name, uuid }) => log(sw, LINES_OF.answered, `Channel [${name}] has been answered`, uuid),
  ],
  [KINDS.progress, (sw, { name, uuid }) => log(sw, LINES_OF.ringReady, `Ring-Ready ${name}!`, uuid)],
  [KINDS.progressMedia, (sw, { name, uuid }) => log(sw, LINES_OF.preAnswered, `Pre-Answer ${name}!`, uuid)],
  [KINDS.hangup, hangup],
  [KINDS.destroy, destroy],
])

/** Writes the lines of an event of a call, where somebody listens to the log; `before` are the event's own headers. */
export const logCall = (sw: Switch, kind: Kind, channel: Channel, before: string): void =>
  LINES.get(kind)?.(sw, channel, before)
