import { AssertionError } from 'node:assert'
import type { AppFailure } from '../../listener/tasks.ts'
import { isWanted, showCommand, showWanted, type SentCommand, type Wanted } from './command.ts'

/** What has happened to a leg so far, for messages. */
export interface Story {
  readonly commands: readonly SentCommand[]
  /** Events that were said; `heard` is false for those that nobody had asked for. */
  readonly events: readonly { readonly name: string; readonly heard: boolean }[]
  readonly failures: readonly AppFailure[]
}

const failureText = ({ app, event, error }: AppFailure): string =>
  `app ${app} failed in ${event}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`

const list = (texts: readonly string[]): string =>
  texts.length === 0 ? '  (none)' : texts.map((text) => `  ${text}`).join('\n')

/** What came, in order: `>` is where the expectation failed. */
export const tellStory = ({ commands, events, failures }: Story, at?: SentCommand): string =>
  [
    'commands so far:',
    list(commands.map((command) => (command === at ? '> ' : '  ') + showCommand(command))),
    'events so far:',
    list([
      events.map(({ name, heard }) => (heard ? name : `${name} (not subscribed to)`)).join(', ') || '(none)',
    ]),
    ...failures.map(failureText),
  ].join('\n')

/** An AssertionError, which every test runner shows as such; its stack is the place of the expectation. */
export const failure = (
  message: string,
  story: string,
  details: { expected?: string; actual?: string; cause?: unknown; site?: string | undefined },
): AssertionError => {
  const error = new AssertionError({
    message: `${message}\n\n${story}`,
    expected: details.expected,
    actual: details.actual,
    operator: 'expect',
  })
  if (details.cause !== undefined) error.cause = details.cause
  if (details.site !== undefined) error.stack = `${error.name}: ${error.message}\n${details.site}`
  return error
}

/** Where the test is: the stack from its own line on. */
export const siteOf = (below: (...args: never[]) => unknown): string => {
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, below)
  return (holder.stack ?? '').split('\n').slice(1).join('\n')
}

/** What an expectation makes of the commands that nobody has taken yet: those that it takes, or why it fails. */
export type Verdict = { readonly taken: readonly SentCommand[] } | { readonly wrong: SentCommand } | undefined

/** The next command must be this one. */
export const next =
  (wanted: Wanted) =>
  ([first]: readonly SentCommand[]): Verdict =>
    first && (isWanted(first, wanted) ? { taken: [first] } : { wrong: first })

/** The next command must be one of these. */
export const anyOf =
  (wanted: readonly Wanted[]) =>
  ([first]: readonly SentCommand[]): Verdict =>
    first && (wanted.some((each) => isWanted(first, each)) ? { taken: [first] } : { wrong: first })

/** The next commands must be these, in any order. */
export const allOf =
  (wanted: readonly Wanted[]) =>
  (commands: readonly SentCommand[]): Verdict => {
    const left = [...wanted]
    const taken: SentCommand[] = []
    for (const command of commands.slice(0, wanted.length)) {
      const at = left.findIndex((each) => isWanted(command, each))
      if (at < 0) return { wrong: command }
      left.splice(at, 1)
      taken.push(command)
    }
    return left.length === 0 ? { taken } : undefined
  }

export const showAll = (wanted: readonly Wanted[], between: string): string =>
  wanted.map(showWanted).join(between)
