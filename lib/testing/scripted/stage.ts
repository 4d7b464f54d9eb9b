import type { HangupCause } from '../../esl/hangup-causes.ts'
import type { Connect } from '../../link/transport.ts'
import type { VirtualClock } from '../virtual-clock.ts'
import type { Channel, EventHeaders, LegOptions } from './channel.ts'
import { isNamed, type SentCommand } from './command.ts'
import { begin, digitVariable, effectOf, failEffect, hangUp, type Stage } from './effects.ts'
import type { Story } from './expect.ts'
import { completeJob, failJob } from './jobs.ts'
import { createScriptedSwitch, type ReplyRule } from './switch.ts'

/** Where a scripted call takes place: the switch, its legs, and the commands that came. */
export interface ScriptedStage extends Stage {
  readonly connect: Connect
  emit(channel: Channel, name: string, headers?: EventHeaders): void
  hangUp(uuid: string, cause?: HangupCause): void
  reply(name: string, rule: ReplyRule): void
  /** Commands of these names are done at once and not kept for an expectation. */
  ignore(names: readonly string[]): void
  /** Commands for a leg (and, for the first, those for none) that no expectation has taken. */
  waiting(uuid: string): readonly SentCommand[]
  take(commands: readonly SentCommand[]): void
  /** All that no expectation has taken. */
  left(): readonly SentCommand[]
  /** All for a leg, in order. */
  sent(uuid: string): readonly SentCommand[]
  timeOf(command: SentCommand): number
  complete(command: SentCommand, headers?: EventHeaders): void
  fail(command: SentCommand, reason: string): void
  digits(command: SentCommand, digits: string): void
  /** Has every command done as soon as it comes. */
  runOn(ms: number | undefined): Promise<void>
  story(): Omit<Story, 'failures'>
}

const isJob = ({ text }: SentCommand): boolean => text.startsWith('bgapi ')
const isExecute = ({ text }: SentCommand): boolean => text.includes('\ncall-command: execute\n')

export const createStage = (clock: VirtualClock): ScriptedStage => {
  const start = clock.now()
  const commands: { command: SentCommand; t: number; refused: boolean }[] = []
  const untaken = new Set<SentCommand>()
  const done = new Set<SentCommand>()
  const ignored: string[] = []
  const events: { name: string; heard: boolean }[] = []
  let running = false

  const sw = createScriptedSwitch(clock, (command, refused) => {
    commands.push({ command, t: Math.round((clock.now() - start) * 1000) / 1000, refused })
    if (refused) done.add(command)
    const channel = sw.channels.get(command.session ?? '')
    if (channel && !refused && isExecute(command)) begin(stage, command, channel)
    untaken.add(command)
    if (running || ignored.some((name) => isNamed(command, name))) pass(command)
  })

  const say = (name: string, headers: EventHeaders = {}, channel?: Channel): boolean => {
    const heard = sw.say(name, headers, channel)
    events.push({ name, heard })
    return heard
  }

  const stage: Stage = { clock, channels: sw.channels, say, add: (options: LegOptions) => sw.add(options) }

  /** Does it once, with the leg that it is for; a command that was refused, or came too late, does nothing. */
  const settle = (command: SentCommand, job: () => void, execute: (channel: Channel) => void): void => {
    if (done.has(command)) return
    done.add(command)
    if (isJob(command)) job()
    const channel = sw.channels.get(command.session ?? '')
    if (channel && !channel.gone && !isJob(command)) execute(channel)
  }

  const complete = (command: SentCommand, headers: EventHeaders = {}): void =>
    settle(
      command,
      () => completeJob(stage, command),
      (channel) => effectOf(command)(stage, command, channel, headers),
    )

  /** Does it, and no expectation sees it. */
  const pass = (command: SentCommand): void => {
    untaken.delete(command)
    complete(command)
  }

  const inOrder = (wanted: (command: SentCommand) => boolean): SentCommand[] =>
    commands.map(({ command }) => command).filter(wanted)

  const isFor = ({ session }: SentCommand, uuid: string): boolean =>
    session === uuid || (session === undefined && uuid === sw.channels.keys().next().value)

  return {
    ...stage,
    connect: sw.connect,
    emit(channel, name, headers) {
      if (name === 'CHANNEL_ANSWER') channel.answered = true
      say(name, headers, channel)
    },
    hangUp(uuid, cause) {
      const channel = sw.channels.get(uuid)
      if (channel) hangUp(stage, channel, cause)
    },
    reply: (name, rule) => sw.reply(name, rule),
    ignore(names) {
      ignored.push(...names)
      for (const command of [...untaken]) if (names.some((name) => isNamed(command, name))) pass(command)
    },
    waiting: (uuid) => inOrder((command) => untaken.has(command) && isFor(command, uuid)),
    take(taken) {
      for (const command of taken) untaken.delete(command)
    },
    left: () => inOrder((command) => untaken.has(command)),
    sent: (uuid) => inOrder((command) => isFor(command, uuid)),
    timeOf: (command) => commands.find((each) => each.command === command)?.t ?? 0,
    complete,
    fail: (command, reason) =>
      settle(
        command,
        () => failJob(stage, command, reason),
        (channel) => failEffect(stage, command, channel, reason),
      ),
    digits(command, digits) {
      const variable = digitVariable(command)
      if (variable === undefined)
        throw new TypeError(`${command.name} collects no digits; play_and_get_digits and read do`)
      sw.channels.get(command.session ?? '')?.variables.set(variable, digits)
      complete(command)
    },
    async runOn(ms) {
      running = true
      for (const command of [...untaken]) pass(command)
      if (ms === undefined) await clock.run()
      else await clock.advance(ms)
      running = false
    },
    story: () => ({ commands: commands.map(({ command }) => command), events }),
  }
}
