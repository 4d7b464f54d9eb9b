// Apps out of apps: one after the other, for some sessions only, for a limited time, or by weight.
import { compose, connect, guard, inbound, TimeoutError, weighted, withTimeout, type App } from 'switchix'
import { simulate } from 'switchix/testing'

const answerer: App = {
  name: 'Answerer',
  on: { CHANNEL_PARK: (sess) => sess.answer() },
}

const greeter = (greeting: string): App => ({
  name: `Greeter ${greeting}`,
  on: {
    async CHANNEL_ANSWER(sess) {
      console.log('%s, caller %s', greeting, sess.get('Caller-Caller-ID-Number'))
      await sess.playback('tone_stream://%(50,0,440)')
    },
  },
})

/** Waits for a digit that never comes; the limit makes the wait reject, and the function goes on from there. */
const patient: App = {
  name: 'Patient',
  async flow(sess) {
    try {
      await sess.recv('DTMF')
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error
      console.log('too slow, caller %s', sess.get('Caller-Caller-ID-Number'))
      await sess.hangup('NO_USER_RESPONSE')
    }
  },
}

const welcome = weighted([
  [greeter('good morning'), 2],
  [greeter('good evening'), 1],
])

const desk = inbound(
  compose(
    answerer,
    welcome,
    // Those who called from 1003 are in a hurry.
    guard((sess) => sess.get('Caller-Caller-ID-Number') === '1003', withTimeout(500, patient)),
  ),
)

await using sw = await simulate()
await using client = await connect(sw, { apps: [desk] })

for (const callerIdNumber of ['1001', '1002', '1003']) {
  const caller = await client.originate('park@127.0.0.1:5080', { callerIdNumber })
  if (callerIdNumber !== '1003') await caller.hangup()
  const end = await caller.recv('CHANNEL_HANGUP', { timeout: 5000 })
  console.log('%s: %s', callerIdNumber, end.get('Hangup-Cause'))
}
