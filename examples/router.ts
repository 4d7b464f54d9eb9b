// A dialplan: patterns over the number that was dialled, and what is done with the calls that match.
import {
  connect,
  JobError,
  route,
  router,
  stopRouting,
  type BridgeOptions,
  type RouteFunction,
} from 'switchix'
import { simulate } from 'switchix/testing'

const reject: RouteFunction<number> = async (sess, [number], status) => {
  console.log('%s is refused with %d', number, status)
  await sess.respond(status)
  stopRouting() // the routes after this one are not tried
}

const bridgeOut: RouteFunction<BridgeOptions> = async (sess, [number], to) => {
  await sess.bridge(to)
  console.log('%s goes to %s', number, to.proxy)
}

const dialplan = router(
  [
    route(/^(00|011)/, reject, 403),
    route(/^2\d{3}$/, bridgeOut, { proxy: '192.0.2.20:5060' }), // sales; { gateway: 'trunk' } for a gateway
    route(/^4\d{3}$/, bridgeOut, { proxy: '192.0.2.40:5060' }), // support
  ],
  { guards: { 'Caller-Context': 'default' } },
)

/** Both departments answer after 50 ms. */
await using sw = await simulate({
  calledParty: ({ host }) => (host.startsWith('192.0.2.') ? { answerAfter: 50 } : undefined),
})
await using client = await connect(sw, { apps: [dialplan] })

for (const number of ['2001', '4001', '0049301234', '999']) {
  try {
    const caller = await client.originate(`${number}@127.0.0.1:5080`)
    await caller.hangup()
  } catch (error) {
    if (!(error instanceof JobError)) throw error
    console.log('%s: %s', number, error.reply)
  }
}
