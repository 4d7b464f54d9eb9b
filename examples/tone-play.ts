// TonePlay, written out: the caller plays a milliwatt tone without end, and the callee echoes it back.
import { compose, connect, type App } from 'switchix'
import { simulate } from 'switchix/testing'

/** Play a milliwatt tone on the outbound leg and echo it back on the inbound one. */
const tonePlay = (): App => ({
  name: 'TonePlay',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction === 'inbound') await sess.answer()
    },
    async CHANNEL_ANSWER(sess) {
      if (sess.direction === 'inbound') await sess.echo()
      else await sess.playback('tone_stream://%(251,0,1004)', { vars: { loops: -1 } })
    },
  },
})

/** Says what is played. */
const watcher: App = {
  name: 'Watcher',
  on: {
    PLAYBACK_START: (sess, event) => console.log('%s: %s', sess.direction, event.get('Playback-File-Path')),
    PLAYBACK_STOP: (sess) => console.log('%s: silence', sess.direction),
  },
}

await using sw = await simulate()
await using client = await connect(sw)
await client.load(compose(tonePlay(), watcher), { id: 'tone' })

const caller = await client.originate('park@127.0.0.1:5080', { app: 'tone' })
await new Promise((resolve) => setTimeout(resolve, 300))
await caller.hangup()
await caller.recv('CHANNEL_DESTROY', { timeout: 5000 })
