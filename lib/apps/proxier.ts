import { createHash } from 'node:crypto'
import { ArgumentError, CommandError, HangupError, TimeoutError } from '../errors.ts'
import type { Session } from '../model/session.ts'
import type { ClientApp } from '../service/client.ts'
import { duration, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'

export interface ProxierOptions {
  /** How long the callee may take to answer, in ms; then the caller is told NO_ANSWER. Default 60 000. */
  readonly timeout?: number
}

export const PROXIER_OPTIONS: OptionTable<ProxierOptions> = {
  timeout: duration(60_000, 'how long the callee may take to answer', { min: 1 }),
}

/** The SIP header that says by whom a call was proxied, and to where. */
const PROXIED = 'sip_h_X-Switchix-Proxied'

/** What a call is hung up with that was not proxied; one that the callee refused, the switch hangs up itself. */
const refused = async (sess: Session, error: unknown): Promise<void> => {
  if (error instanceof HangupError) throw error
  sess.log('not proxied: %s', error instanceof Error ? error.message : error)
  if (error instanceof ArgumentError) await sess.hangup('INVALID_NUMBER_FORMAT')
  else if (error instanceof TimeoutError) await sess.hangup('NO_ANSWER')
  else if (!(error instanceof CommandError)) throw error
  // The switch goes on with a call that nobody answered in time.
  else if (!sess.hungup) await sess.hangup('NO_ANSWER')
}

/**
 * Proxies every inbound call to its SIP Request-URI, through the profile that it came in by. A Request-URI that cannot be
 * dialled safely is refused: INVALID_NUMBER_FORMAT, 484 to its caller. One that it has proxied there
 * already, and that has come back, is a loop (RFC 3261, 16.3): it is hung up, 483 to its caller.
 */
export const proxier = (options: ProxierOptions = {}): ClientApp => {
  const { timeout } = readOptions('Proxier', PROXIER_OPTIONS, options)
  /** Tells this Proxier from others, through which a call may pass, too. */
  let id: string | undefined
  const markOf = (sess: Session): string => {
    const uri = sess.get('variable_sip_req_uri') ?? ''
    id ??= sess.state.node.newId()
    return `${id}-${createHash('sha256').update(uri).digest('base64url').slice(0, 8)}`
  }
  return {
    name: 'Proxier',
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound') return
        const mark = markOf(sess)
        if (sess.get(`variable_${PROXIED}`) === mark) {
          sess.log('it was proxied to %s, and has come back', sess.get('variable_sip_req_uri'))
          await sess.hangup('EXCHANGE_ROUTING_ERROR')
          return
        }
        const bridging = sess.bridge({ vars: { [PROXIED]: mark } })
        const answered = sess.recv('CHANNEL_ANSWER', { timeout })
        try {
          // It may be bridged before it is answered: by early media.
          await Promise.race([answered, bridging.then(() => answered)])
          sess.log('answered by %s', sess.get('Caller-Destination-Number'))
        } catch (error) {
          await refused(sess, error)
        }
      },
    },
  }
}
