import type { Clock } from '../../clock.ts'
import { ArgumentError } from '../../errors.ts'
import { memory } from '../../link/memory.ts'
import type { Connect, Transport } from '../../link/transport.ts'
import { isHousekeeping } from '../command-text.ts'
import { acceptCommands, eventFrame, replyFrame, responseFrame } from '../frames.ts'
import { usualReply } from '../replay-replies.ts'
import { createSubscription } from '../subscription.ts'
import { channelHeaders, createChannel, type Channel, type EventHeaders, type LegOptions } from './channel.ts'
import { isNamed, readCommand, type SentCommand } from './command.ts'

/** What a switch answers: text as it stands on the wire, or what makes it of the command. */
export type ReplyRule = string | ((command: SentCommand) => string)

/** A switch that does nothing by itself: what it is told is noted, what it says is what the test has it say. */
export interface ScriptedSwitch {
  readonly connect: Connect
  readonly channels: ReadonlyMap<string, Channel>
  add(options: LegOptions): Channel
  /** Sends an event of a channel, or of none, if the client has asked for such. Says whether it has. */
  say(name: string, headers?: EventHeaders, channel?: Channel): boolean
  /** Answers every such command with that from now on. */
  reply(name: string, rule: ReplyRule): void
}

const isGone = ({ session }: SentCommand, channels: ReadonlyMap<string, Channel>): boolean =>
  session !== undefined && channels.get(session)?.gone === true

/** What variables say is answered, and the rest agreed to. */
const agree = (command: SentCommand, channels: ReadonlyMap<string, Channel>): string => {
  const { name, arg, session, text } = command
  if (isGone(command, channels))
    return text.startsWith('sendmsg')
      ? replyFrame(`-ERR invalid session id [${session ?? ''}]`)
      : responseFrame('-ERR No such channel!\n')
  if (name === 'uuid_getvar' && session !== undefined)
    return responseFrame(channels.get(session)?.variables.get(arg) ?? '_undef_')
  return usualReply(text)
}

const framed = (text: string, command: string): string =>
  command.startsWith('api ') ? responseFrame(text) : replyFrame(text)

/** `uuid_setvar` does what it says, whether a test looks at it or not. */
const noteVariable = ({ name, arg }: SentCommand, channel: Channel | undefined): void => {
  if (name !== 'uuid_setvar' || !channel) return
  const [, variable = '', value] = /^(\S+)(?: (.*))?$/s.exec(arg) ?? []
  if (value === undefined) channel.variables.delete(variable)
  else channel.variables.set(variable, value)
}

/** Makes the switch; `sent` is told of each command of the client's apps, and whether it was refused. */
export const createScriptedSwitch = (
  clock: Clock,
  sent: (command: SentCommand, refused: boolean) => void,
): ScriptedSwitch => {
  const channels = new Map<string, Channel>()
  const subscription = createSubscription()
  const rules = new Map<string, ReplyRule>()
  let peer: Transport | undefined
  let sequence = 0

  const ruleFor = (command: SentCommand): string | undefined => {
    for (const [name, rule] of rules)
      if (isNamed(command, name))
        return framed(typeof rule === 'function' ? rule(command) : rule, command.text)
    return undefined
  }

  const take = (text: string): void => {
    if (isHousekeeping(text)) {
      subscription.note(text)
      peer?.write(usualReply(text))
      if (text === 'exit') peer?.end()
      return
    }
    const command = readCommand(text, new Set(channels.keys()))
    const answer = ruleFor(command) ?? agree(command, channels)
    const refused = /(?:^|\n)(?:Reply-Text: )?-(?:ERR|USAGE)/.test(answer)
    peer?.write(answer)
    if (!refused) noteVariable(command, channels.get(command.session ?? ''))
    sent(command, refused)
  }

  const common = (name: string): EventHeaders => ({
    ...(name.includes('::') ? { 'Event-Name': 'CUSTOM', 'Event-Subclass': name } : { 'Event-Name': name }),
    'Core-UUID': 'scripted-switch',
    'FreeSWITCH-Hostname': 'scripted',
    'Event-Date-Timestamp': Math.round(clock.now() * 1000),
    'Event-Sequence': ++sequence,
  })

  return {
    connect: memory(clock, (transport) => {
      peer = transport
      return acceptCommands(transport, take, () => (peer = undefined))
    }),
    channels,
    add(options) {
      const uuid = options.uuid ?? `leg-${channels.size + 1}`
      if (channels.has(uuid))
        throw new ArgumentError(`expected a uuid of its own for the leg, but there is a "${uuid}"`)
      const channel = createChannel(uuid, options)
      channels.set(uuid, channel)
      return channel
    },
    say(name, headers = {}, channel) {
      const wanted = subscription.has(name)
      const event = { ...common(name), ...(channel ? channelHeaders(channel) : {}), ...headers }
      const texts = Object.entries(event).map(([key, value]) => [
        key,
        typeof value === 'number' ? String(value) : value,
      ])
      if (wanted) peer?.write(eventFrame(Object.fromEntries(texts) as Record<string, unknown>))
      return wanted
    },
    reply: (name, rule) => void rules.set(name, rule),
  }
}
