// Routes: where nobody answers in time, the caller hears why.
// To run it on a switch of your own: switchix serve HOST --app './examples/unreachable-message.ts:dialplan'
import { CommandError, connect, route, router, type Router } from 'switchix'
import { simulate } from 'switchix/testing'

/** Bridges to the Request-URI; after `timeout` ms without an answer, or a refusal, plays `message` and hangs up. */
export const dialplan = (timeout = 60_000, message = 'misc/invalid_extension.wav'): Router =>
  router([
    route(/.+/, async (sess, [number]) => {
      try {
        await sess.bridge({
          vars: { leg_timeout: Math.ceil(timeout / 1000) }, // the switch gives up by itself
          continueOnFail: true, // and the call stays ours
        })
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        console.log('%s: not reached, %s', number, error.reply)
        await sess.answer()
        await sess.sleep(1000)
        await sess.playback(message)
        await sess.hangup('NO_ANSWER')
      }
    }),
  ])

if (process.argv[1] === import.meta.filename) {
  await using sw = await simulate({
    sounds: { 'misc/invalid_extension.wav': 500 },
    calledParty: ({ user }) => (user === 'bob' ? { answerAfter: 100 } : { ringAfter: 10 }),
  })
  await using client = await connect(sw, { apps: [dialplan(1000)], subscribe: ['PLAYBACK_STOP'] })
  for (const name of ['bob', 'nobody']) {
    const caller = await client.originate(`${name}@192.0.2.1:5060`, { proxy: '127.0.0.1:5080' })
    if (caller.call.sessions.some(({ times }) => times.bridge !== undefined)) {
      console.log('%s: bridged', name)
      await caller.hangup()
    }
    await caller.call.ended
    console.log('%s: %s', name, caller.cause)
  }
}
