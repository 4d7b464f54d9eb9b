// Routes: the prefix of a number says by which trunk it leaves, with a second trunk where the first does not take it.
// To run it on a switch of your own: switchix serve HOST --app './examples/trunks-by-prefix.ts:dialplan'
import { bridge, connect, JobError, route, router, type Route, type Router } from 'switchix'
import { simulate } from 'switchix/testing'

/** Long distance, by the carrier at this address. Where it fails, the next route that matches is tried. */
const longDistance = (proxy: string): Route =>
  route('^1(?<national>\\d{10})$', bridge, {
    dest: '$<national>@carrier.example',
    proxy,
    continueOnFail: true,
  })

/** With gateways on the switch it is `{ gateway: 'long_distance', dest: '$1' }`, in place of a proxy. */
export const dialplan = (
  carriers = ['192.0.2.11:5060', '192.0.2.12:5060'],
  sales = '192.0.2.20:5060',
  support = '192.0.2.40:5060',
): Router =>
  router(
    [
      ...carriers.map(longDistance),
      route(/^1\d{10}$/, (sess) => sess.hangup('NORMAL_CIRCUIT_CONGESTION')), // all of them have failed
      route(/^2[1-9]{3}$/, bridge, { profile: 'internal', proxy: sales }),
      route(/^4[1-9]{3}$/, bridge, { profile: 'internal', proxy: support }),
    ],
    { guards: { variable_sofia_profile_name: 'external' } },
  )

if (process.argv[1] === import.meta.filename) {
  /** The first carrier takes no call, the second takes one; sales and support answer. */
  let carried = 0
  const answers = (host: string): boolean =>
    host === '192.0.2.12' ? carried++ === 0 : ['192.0.2.20', '192.0.2.40'].includes(host)
  await using sw = await simulate({
    calledParty: ({ host }) => (answers(host) ? { answerAfter: 20 } : { reject: { after: 10, status: 503 } }),
  })
  await using client = await connect(sw, { apps: [dialplan()] })
  for (const number of ['12025550100', '12025550101', '2345', '4321', '999']) {
    try {
      const caller = await client.originate(`${number}@127.0.0.1:5080`)
      console.log('%s: %s', number, caller.call.last?.get('Caller-Destination-Number'))
      await caller.hangup()
    } catch (error) {
      if (!(error instanceof JobError)) throw error
      console.log('%s: %s', number, error.reply)
    }
  }
}
