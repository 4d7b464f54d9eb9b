// The first program of the README: answer, ask, and put who presses 1 through to sales.
import { connect, type App } from 'switchix'
import { farEnd, simulate } from 'switchix/testing'

const welcome: App = {
  name: 'Welcome',
  on: {
    async CHANNEL_PARK(sess) {
      await sess.answer() // each command resolves when the switch has done it
      void sess.playback('welcome.wav') // or is started, and not awaited
      const key = await sess.recv('DTMF', { timeout: 10_000 }) // however early this came, the digit is there
      if (key.get('DTMF-Digit') === '1') {
        // Breaks the prompt off, and resolves once they talk.
        const call = await sess.bridge({ gateway: 'trunk', dest: '5551234', bargeIn: true })
        await call.ended
      }
      await sess.hangup()
    },
  },
}

/** A switch with a gateway. Sales answers after 100 ms, and talks for two seconds. */
await using sw = await simulate({
  sounds: { 'welcome.wav': 30_000 },
  gateways: { trunk: { proxy: '192.0.2.1:5060' } },
  calledParty: farEnd({ parties: [{ ring: 20, answer: 100, hangup: 2000 }] }),
})
await using client = await connect(sw, { apps: [welcome] })

// The first call of this process. The caller does not wait for the end of the prompt, nor for its beginning.
const phone = sw.call({ to: '100', from: 'alice' })
await phone.answered
const answered = client.clock.now()
phone.press('1')
await new Promise((resolve) => setTimeout(resolve, 1000))
console.log('talking to: %s', client.session(phone.uuid ?? '')?.peer?.get('Caller-Destination-Number'))
const cause = await phone.ended
const seconds = (client.clock.now() - answered) / 1000
console.log('the prompt was broken off: %s', seconds < 20)
console.log('they talked to the end: %s, %s', seconds > 1.9, cause)
