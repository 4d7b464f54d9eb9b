import debug from 'debug'
import type { TimerHandle } from '../clock.ts'
import { ConnectError, type ConnectionLostError } from '../errors.ts'
import { createBackoff, type BackoffOptions } from './backoff.ts'
import { openLink, type Link, type LinkHandlers, type LinkOptions } from './inbound.ts'
import type { Connect } from './transport.ts'

const log = debug('switchix:link')

export interface ReconnectHandlers extends LinkHandlers {
  /** There is no connection (any more); another is being made. */
  away(error: ConnectionLostError | ConnectError): void
  /**
   * There is another connection, `link`. What has to be made up for is done on it before anybody else gets it; where that
   * fails it is given up, and another is made.
   */
  back(link: Link): Promise<void>
}

/** A connection that is made again whenever it is lost. */
export interface ReconnectingLink {
  /** The connection; the last that there was, while there is none; undefined before the first. */
  readonly current: Link | undefined
  /** Ends it, or the search for another: the switch is told where it can be. */
  exit(): Promise<void>
}

export interface ReconnectingOptions extends BackoffOptions {
  /** Whether nobody may be there yet: then it is looked for from the start. Default false. */
  readonly mayBeAway?: boolean | undefined
}

const isUnreachable = (error: unknown): error is ConnectError =>
  error instanceof ConnectError && error.code === 'UNREACHABLE'

/**
 * Opens a connection, as `openLink` does, and opens another whenever it is lost, for ever, with a growing delay. `closed`
 * is called only after `exit`. Rejects as `openLink` does where the first attempt fails; with `mayBeAway` only where the
 * switch is there and does not let us in.
 */
export const openReconnectingLink = async (
  connect: Connect,
  handlers: ReconnectHandlers,
  options: LinkOptions,
  { mayBeAway = false, ...reconnect }: ReconnectingOptions,
): Promise<ReconnectingLink> => {
  const { clock } = options
  let leaving = false
  let searching = false
  let timer: TimerHandle | undefined

  /** Opens one; `lost` is called where it ends by itself. */
  const open = (lost: (error: ConnectionLostError) => void): Promise<Link> =>
    openLink(
      connect,
      {
        event: (event) => handlers.event(event),
        closed(error) {
          if (error && !leaving) lost(error)
        },
      },
      options,
    )

  const search = (error: ConnectionLostError | ConnectError): void => {
    searching = true
    log('%s; looking for another connection', error.message)
    handlers.away(error)
    const nextDelay = createBackoff(reconnect)
    const again = (): void => {
      timer = clock.setTimeout(() => void attempt().then((found) => found || leaving || again()), nextDelay())
    }
    again()
  }

  // One that is lost before it was made use of: the search goes on by itself.
  const lost = (error: ConnectionLostError): void => {
    if (!searching) search(error)
  }

  /** Whether there is a connection now, and all is made up for. */
  const attempt = async (): Promise<boolean> => {
    timer = undefined
    let link: Link | undefined
    try {
      link = await open(lost)
      if (!leaving) await handlers.back(link)
      if (!link.open || leaving) throw new Error('it was lost again, or is not wanted any more')
      searching = false
      current = link
      return true
    } catch (error) {
      log('%O', error)
      link?.destroy()
      return false
    }
  }

  let current: Link | undefined
  try {
    current = await open(lost)
  } catch (error) {
    if (!mayBeAway || !isUnreachable(error)) throw error
    search(error)
  }

  return {
    get current() {
      return current
    },
    async exit() {
      if (leaving) return
      leaving = true
      clock.clearTimeout(timer)
      await current?.exit()
      handlers.closed(undefined)
    },
  }
}
