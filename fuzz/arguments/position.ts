import type { Client, Session } from '../../lib/index.ts'
import { expandVariables } from '../model/expand.ts'
import type { Command } from '../model/packet.ts'
import { separate } from '../model/strings.ts'
import { injected, type Verdict } from './verdict.ts'

/** What a value is given to. */
export interface Subject {
  readonly client: Client
  readonly session: Session
}

/** A place where a value goes into a command. */
export interface Position {
  readonly name: string
  /** Whether it takes numbers. Default: texts. */
  readonly takes?: 'number'
  /** Gives the value to the product. */
  send(subject: Subject, value: never): unknown
  /** What the switch makes of the commands that were sent; a text is given as bytes, one char each. */
  judge(value: string, sent: readonly Command[], uuid: string): Verdict
}

/** A position of a text. */
export const text = (
  name: string,
  send: (subject: Subject, value: string) => unknown,
  judge: Position['judge'],
): Position => ({ name, send, judge })

/** A position of a number; it is judged by how that is written. */
export const number = (
  name: string,
  send: (subject: Subject, value: number) => unknown,
  judge: Position['judge'],
): Position => ({ name, takes: 'number', send, judge })

/** Judges the arguments of the one api that was sent (`switch_api_execute` strips them, switch_utils.c:1469). */
export const api = (sent: readonly Command[], name: string, judge: (args: string) => Verdict): Verdict => {
  const [command] = sent
  if (sent.length !== 1 || command?.headers.length !== 0 || !command.line.startsWith(`api ${name} `))
    return injected(sent)
  return judge(command.line.slice(`api ${name} `.length).replace(/^[\r\n\t \v]+|[\r\n\t \v]+$/g, ''))
}

/** Judges the words of the one api that was sent. */
export const words = (
  sent: readonly Command[],
  name: string,
  most: number,
  judge: (words: readonly string[]) => Verdict,
): Verdict => api(sent, name, (args) => judge(separate(args, ' ', most)))

/** Judges the argument that an application is run with, expanded as the switch does (`switch_core_session_exec`). */
export const executed = (
  sent: readonly Command[],
  uuid: string,
  app: string,
  judge: (arg: string) => Verdict,
): Verdict => {
  const [command] = sent
  if (sent.length !== 1 || command?.line !== `sendmsg ${uuid}`) return injected(sent)
  const names = command.headers.map(({ name }) => name.toLowerCase()).join()
  if (!/^call-command,execute-app-name(,execute-app-arg)?,event-uuid,event-lock$/.test(names))
    return injected(names)
  if (command.headers.some(({ array }) => array.length > 0)) return injected('an array')
  const valueOf = (header: string): string => command.headers.find(({ name }) => name === header)?.value ?? ''
  const name = valueOf('execute-app-name')
  if (name !== app || name.includes('::')) return injected(`application ${name}`)
  return applied(valueOf('execute-app-arg'), judge)
}

/** As `executed`, for an argument that got to the channel in another way. */
export const applied = (arg: string, judge: (arg: string) => Verdict): Verdict => {
  const { text: expanded, expansions } = expandVariables(arg)
  if (expansions.length > 0) return injected(`expands ${expansions.join()}`)
  if (expanded.startsWith('%') && (expanded[1] === '[' || expanded[2] === '['))
    return injected('scope variables')
  return judge(expanded)
}
