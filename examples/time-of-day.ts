// Routes: where a number leads depends on the day and the hour.
// To run it on a switch of your own: switchix serve HOST --app './examples/time-of-day.ts:dialplan'
import { bridge, connect, route, router, type Router } from 'switchix'
import { simulate } from 'switchix/testing'

const SUPPORT = '500'
const ANSWERING_SERVICE = '531'

const isOpen = (at: Date): boolean => at.getDay() !== 0 && at.getHours() >= 8 && at.getHours() < 18

/** Nobody is in support on Sundays, or at night. `now` is for those who test it. */
export const dialplan = (now: () => Date = () => new Date(), proxy = '192.0.2.50:5060'): Router =>
  router([
    route(/^500$/, (sess, match) => {
      const number = isOpen(now()) ? SUPPORT : ANSWERING_SERVICE
      return bridge(sess, match, { dest: `${number}@example.com`, proxy })
    }),
  ])

if (process.argv[1] === import.meta.filename) {
  await using sw = await simulate({ calledParty: () => ({ answerAfter: 20 }) })
  for (const time of ['2026-01-05T10:00', '2026-01-05T20:00', '2026-01-04T10:00']) {
    await using client = await connect(sw, { apps: [dialplan(() => new Date(time))] })
    const caller = await client.originate('500@127.0.0.1:5080')
    console.log('%s: %s', time, caller.call.last?.get('Caller-Destination-Number'))
    await caller.hangup()
  }
}
