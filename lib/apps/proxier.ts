import type { ClientApp } from '../service/client.ts'

export interface ProxierOptions {
  /** How long the callee may take to answer, in ms. Default 60 000. */
  readonly timeout?: number
}

/** Proxies every inbound call to its SIP Request-URI, through the profile that it came in by. */
export const proxier = ({ timeout = 60_000 }: ProxierOptions = {}): ClientApp => ({
  name: 'Proxier',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      void sess.bridge()
      await sess.recv('CHANNEL_ANSWER', { timeout })
      sess.log('answered by %s', sess.get('Caller-Destination-Number'))
    },
  },
})
