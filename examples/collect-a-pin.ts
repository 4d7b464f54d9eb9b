// A session is a stream of its events: ix operators make the four digits of a PIN out of it.
import { filter, map, take } from 'ix/asynciterable/operators'
import { collect, connect, inbound, pipe, type App } from 'switchix'
import { simulate } from 'switchix/testing'

const door: App = {
  name: 'Door',
  on: {
    async CHANNEL_PARK(sess) {
      await sess.answer()
      const digits = pipe(
        sess.events('DTMF'),
        map((event) => event.get('DTMF-Digit')),
        filter((digit) => digit !== '#'),
        take(4),
      )
      const pin = (await collect(digits)).join('')
      console.log('the PIN: %s', pin)
      await sess.hangup(pin === '1234' ? 'NORMAL_CLEARING' : 'CALL_REJECTED')
    },
  },
}

await using sw = await simulate()
await using client = await connect(sw, { apps: [inbound(door)] })

const caller = await client.originate('park@127.0.0.1:5080')
await caller.sendDtmf('12#34', 60) // each digit 60 ms long
const end = await caller.recv('CHANNEL_HANGUP', { timeout: 10_000 })
console.log('the door: %s', end.get('Hangup-Cause'))
