// An app is a plain object: answer whoever calls, play something, hang up.
import { connect, type ClientApp } from 'switchix'
import { simulate } from 'switchix/testing'

const greeter: ClientApp = {
  name: 'Greeter',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      await sess.answer()
      await sess.playback('tone_stream://%(500,100,440);loops=2')
      await sess.hangup()
    },
    CHANNEL_DESTROY(sess) {
      if (sess.direction === 'inbound') console.log('greeted for %d ms', sess.uptime)
    },
  },
}

await using sw = await simulate()
await using client = await connect(sw, { apps: [greeter] })

const caller = await client.originate('park@127.0.0.1:5080')
const end = await caller.recv('CHANNEL_HANGUP', { timeout: 10_000 })
console.log('the call ended: %s', end.get('Hangup-Cause'))
