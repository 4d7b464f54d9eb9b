import type { Clock } from '../clock.ts'
import { encodeAuth, encodeUserAuth } from '../esl/command.ts'
import { ConnectError } from '../errors.ts'
import type { Transport } from './transport.ts'

/** How to log in: with the socket's password, or as a user of the switch's directory (`name@domain`). */
export interface Credentials {
  /** Default `ClueCon`, as FreeSWITCH ships. */
  readonly password?: string | undefined
  readonly user?: string | undefined
}

/** The first frames of a connection, until the switch has let us in. */
export interface Greeting {
  /** Whether this frame belongs to the greeting. */
  frame(type: string, head: string): boolean
  /** The connection ended; during the greeting that is its failure. */
  closed(peer: string, error: Error | undefined): void
  /** Resolves when we are in. Rejects with ConnectError (UNREACHABLE, AUTH_FAILED, ACL_REJECTED). */
  over(transport: Transport): Promise<void>
  readonly done: boolean
}

/**
 * Answers the switch's `auth/request` (`mod_event_socket.c`: `listener_run`, `parse_command`). Everything that comes
 * before we are in belongs here: a rejection by the access list, the refusal of the password, silence.
 */
export const authenticate = (clock: Clock, credentials: Credentials, timeout: number): Greeting => {
  const { password = 'ClueCon', user } = credentials
  const login = user === undefined ? encodeAuth(password) : encodeUserAuth(user, password)
  let peer = ''
  let transport: Transport | undefined
  let early: [type: string, head: string][] = []
  let done = false
  let settle: (error?: ConnectError) => void
  const outcome = new Promise<void>((resolve, reject) => {
    settle = (error) => {
      done = true
      if (error) reject(error)
      else resolve()
    }
  })
  outcome.catch(() => undefined)

  const fail = (
    code: 'UNREACHABLE' | 'AUTH_FAILED' | 'ACL_REJECTED',
    message: string,
    cause?: unknown,
  ): void => settle(new ConnectError(code, peer, message, cause))

  const answer = (type: string, head: string): void => {
    if (type === 'auth/request') transport?.write(login)
    else if (type === 'text/rude-rejection')
      fail(
        'ACL_REJECTED',
        `${peer} does not let this address in; add it to the list that apply-inbound-acl names in event_socket.conf.xml`,
      )
    else if (type === 'command/reply' && /^Reply-Text: *\+OK/im.test(head)) settle()
    else if (type === 'command/reply')
      fail(
        'AUTH_FAILED',
        user === undefined
          ? `${peer} refused the password; it is set in event_socket.conf.xml`
          : `${peer} refused user ${user} or its password; both are set in the switch's directory`,
      )
    else
      fail(
        'UNREACHABLE',
        `${peer} does not speak the Event Socket protocol: it began with ${type || 'no Content-Type'}`,
      )
  }

  return {
    frame(type, head) {
      if (done) return false
      if (!transport) early.push([type, head])
      else answer(type, head)
      return true
    },
    closed(who, error) {
      peer ||= who
      fail('UNREACHABLE', `${peer} closed the connection before it let us in`, error)
    },
    async over(connected) {
      transport = connected
      peer = connected.peer
      const timer = clock.setTimeout(
        () =>
          fail(
            'UNREACHABLE',
            `${peer} took the connection but did not let us in within ${timeout} ms; is it an Event Socket?`,
          ),
        timeout,
      )
      for (const [type, head] of early) answer(type, head)
      early = []
      try {
        await outcome
      } finally {
        clock.clearTimeout(timer)
      }
    },
    get done() {
      return done
    },
  }
}
