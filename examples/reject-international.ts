// Routes: international numbers are refused with a SIP status of our choice; everything else goes where it was bound for.
// To run it on a switch of your own: switchix serve HOST --app ./examples/reject-international.ts:dialplan
import { bridge, connect, JobError, route, router, stopRouting } from 'switchix'
import { simulate } from 'switchix/testing'

export const dialplan = router(
  [
    route(
      /^(?:00|011)\d+$/,
      async (sess, [number], status) => {
        console.log('%s is refused', number)
        await sess.respond(status)
        stopRouting() // the routes after this one are not tried
      },
      403, // switchio's guide has 407, which asks the caller for a password
    ),
    route(/./, bridge), // to the Request-URI, by the profile that the call came in by
  ],
  { guards: { 'Call-Direction': 'inbound', variable_sofia_profile_name: 'external' } },
)

if (process.argv[1] === import.meta.filename) {
  await using sw = await simulate({ calledParty: () => ({ answerAfter: 20 }) }) // everybody answers
  await using client = await connect(sw, { apps: [dialplan] })
  for (const number of ['0049301234', '0112025550100', '5551234']) {
    try {
      const caller = await client.originate(`${number}@192.0.2.1:5060`, { proxy: '127.0.0.1:5080' })
      console.log('%s: answered', number)
      await caller.hangup()
    } catch (error) {
      if (!(error instanceof JobError)) throw error
      console.log('%s: %s', number, error.reply)
    }
  }
}
