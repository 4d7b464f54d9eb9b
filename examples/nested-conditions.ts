// Routes: conditions inside of conditions, several that must hold, or one of several; and an end to the routing.
// To run it on a switch of your own: switchix serve HOST --app ./examples/nested-conditions.ts:dialplan
import { connect, route, router, stopRouting, type Session } from 'switchix'
import { simulate } from 'switchix/testing'

/** Either of two callers: by name or by number. */
const isFriend = (sess: Session): boolean =>
  /^Michael\s*S?\s*Collins/.test(sess.get('Caller-Caller-ID-Name') ?? '') ||
  /^(?:1001|3757|2816)$/.test(sess.get('Caller-Caller-ID-Number') ?? '')

export const dialplan = router([
  // Every call that passes the first is answered before the others see it.
  route(/^\d+$/, (sess) => sess.answer()),
  route('^1\\d*(?<last>\\d)$', async (sess, { groups: { last } }) => {
    // The one only where the last digit is a 3, the other for all that begin with a 1.
    if (last === '3') await sess.playback('tone_stream://%(100,0,350)')
    await sess.playback('tone_stream://%(100,0,440)')
    if (sess.get('Caller-Destination-Number') !== '1100') stopRouting()
  }),
  route(/^(?:500|502|1100)$/, (sess) =>
    sess.playback(`tone_stream://%(100,0,${isFriend(sess) ? 600 : 700})`),
  ),
  route(/.*/, (sess) => sess.hangup()),
])

if (process.argv[1] === import.meta.filename) {
  await using sw = await simulate()
  await using client = await connect(sw, { apps: [dialplan], subscribe: ['PLAYBACK_STOP'] })
  for (const [number, callerIdName] of [
    ['123', 'Anybody'],
    ['1100', 'Anybody'],
    ['502', 'Michael Collins'],
  ] as const) {
    const caller = await client.originate(`${number}@127.0.0.1:5080`, { callerIdName })
    const { peer } = caller
    await new Promise((resolve) => setTimeout(resolve, 500))
    const heard = peer?.history.filter(({ name }) => name === 'PLAYBACK_STOP')
    const tones = heard?.map((event) => /\d+(?=\))/.exec(event.get('Playback-File-Path') ?? '')?.[0])
    console.log('%s heard %s, hung up: %s', number, tones?.join(' '), caller.hungup)
    await caller.hangup()
  }
}
