// Routes: calls with the prefix *67 hide the caller's number, and one in six of them is recorded.
// To run it on a switch of your own: switchix serve HOST --app './examples/record-some-agents.ts:dialplan'
import { bridge, connect, route, router, type Router } from 'switchix'
import { simulate } from 'switchix/testing'

/** `isChosen` says whether a call is recorded. */
export const dialplan = (
  directory = '/tmp/agents',
  isChosen: () => boolean = () => Math.random() < 1 / 6,
  proxy = '192.0.2.30:5060',
): Router =>
  router(
    [
      route('^\\*67(?<number>\\d+)$', async (sess, match) => {
        const { number } = match.groups
        await sess.setVars({ privacy: 'yes', sip_h_Privacy: 'id' })
        if (isChosen()) await sess.startRecord(`${directory}/${sess.uuid}_to_${number}.wav`)
        // A route function calls another one, as a dialplan transfers to another context.
        await bridge(sess, match, { dest: '$<number>@example.com', proxy })
      }),
    ],
    { subscribe: ['RECORD_STOP'] },
  )

if (process.argv[1] === import.meta.filename) {
  await using sw = await simulate({ calledParty: () => ({ answerAfter: 20 }) })
  let calls = 0
  await using client = await connect(sw, { apps: [dialplan('/tmp/agents', () => ++calls % 2 === 0)] })
  for (let i = 0; i < 2; i++) {
    const caller = await client.originate('*675551234@127.0.0.1:5080')
    const recorded = caller.peer?.call.sessions.some((leg) =>
      leg.history.some(({ name }) => name === 'RECORD_START'),
    )
    console.log('to %s, recorded: %s', caller.call.last?.get('Caller-Destination-Number'), recorded)
    await caller.hangup()
  }
}
