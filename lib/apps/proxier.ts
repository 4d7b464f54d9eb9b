import { TimeoutError } from '../errors.ts'
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

/** Proxies every inbound call to its SIP Request-URI, through the profile that it came in by. */
export const proxier = (options: ProxierOptions = {}): ClientApp => {
  const { timeout } = readOptions('Proxier', PROXIER_OPTIONS, options)
  return {
    name: 'Proxier',
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound') return
        void sess.bridge()
        try {
          await sess.recv('CHANNEL_ANSWER', { timeout })
          sess.log('answered by %s', sess.get('Caller-Destination-Number'))
        } catch (error) {
          if (!(error instanceof TimeoutError)) throw error
          await sess.hangup('NO_ANSWER')
        }
      },
    },
  }
}
