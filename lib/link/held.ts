import type { Clock } from '../clock.ts'
import { requireBounds, setBounds, type WaitOptions } from '../flow/bounds.ts'
import type { Commands } from './commands.ts'
import type { Failed, QuietCommands } from './quiet-commands.ts'

/** Commands that wait while the connection is away, in their order, and are sent once it is back. */
export interface HeldCommands {
  readonly commands: Commands
  /** From now on commands wait. */
  hold(): void
  /** Sends what waits; from now on commands are sent at once. */
  release(): void
  /** It is not coming back: what waits fails, and so does every later command. */
  fail(error: (what: string) => Error): void
}

interface Held {
  readonly what: string
  send(): void
  reject(error: Error): void
}

/**
 * `current` sends them: what it is at the time. A command waits no longer than it would for its reply: `timeout` of its
 * options or `commandTimeout`, in ms; then it rejects with TimeoutError, and is not sent.
 */
export const holdCommands = (clock: Clock, current: () => Commands, commandTimeout: number): HeldCommands => {
  let waiting: Set<Held> | undefined
  let over: ((what: string) => Error) | undefined

  const later = <T>(
    what: string,
    options: WaitOptions | undefined,
    send: () => Promise<T>,
    held: Set<Held>,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      requireBounds(options ?? {})
      const leave = (): void => {
        unbind()
        held.delete(item)
      }
      const item: Held = {
        what,
        send() {
          leave()
          send().then(resolve, reject)
        },
        reject(error) {
          leave()
          reject(error)
        },
      }
      held.add(item)
      const bounds = { timeout: options?.timeout ?? commandTimeout, signal: options?.signal }
      const unbind = setBounds(clock, `${what}, which waits for the connection`, bounds, item.reject)
    })

  const through = <T>(what: string, options: WaitOptions | undefined, send: () => Promise<T>): Promise<T> =>
    over ? Promise.reject(over(what)) : waiting ? later(what, options, send, waiting) : send()

  const quietly = (
    what: string,
    options: WaitOptions | undefined,
    send: (commands: QuietCommands, failed: Failed) => void,
    failed: Failed,
  ): void => {
    if (over) void Promise.reject(over(what)).catch(failed)
    else if (waiting) {
      const sent = (): Promise<void> => {
        send(current().quietly, failed)
        return Promise.resolve()
      }
      later(what, options, sent, waiting).catch(failed)
    } else send(current().quietly, failed)
  }

  return {
    commands: {
      api: (command, options) => through(`api ${command}`, options, () => current().api(command, options)),
      bgapi: (command, id, options) =>
        through(`bgapi ${command}`, options, () => current().bgapi(command, id, options)),
      sendmsg: (uuid, headers, options) =>
        through('sendmsg', options, () => current().sendmsg(uuid, headers, options)),
      event: (format, names, options) =>
        through('event', options, () => current().event(format, names, options)),
      nixevent: (names, options) => through('nixevent', options, () => current().nixevent(names, options)),
      sendevent: (name, headers, body, options) =>
        through(`sendevent ${name}`, options, () => current().sendevent(name, headers, body, options)),
      command: (line, options) => through(line, options, () => current().command(line, options)),
      quietly: {
        api: (command, options, failed) =>
          quietly(`api ${command}`, options, (to, fail) => to.api(command, options, fail), failed),
        bgapi: (command, id, failed) =>
          quietly(`bgapi ${command}`, undefined, (to, fail) => to.bgapi(command, id, fail), failed),
        sendmsg: (uuid, headers, options, failed) =>
          quietly('sendmsg', options, (to, fail) => to.sendmsg(uuid, headers, options, fail), failed),
      },
    },
    hold() {
      waiting ??= new Set()
    },
    release() {
      const released = waiting ?? []
      waiting = undefined
      for (const held of released) held.send()
    },
    fail(error) {
      const failed = waiting ?? []
      waiting = undefined
      over = error
      for (const held of failed) held.reject(error(held.what))
    },
  }
}
