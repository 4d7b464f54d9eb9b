// A flow runs once for each session, from its first event: an async function, or from its stream to another stream.
import { filter, tap } from 'ix/asynciterable/operators'
import { connect, inbound, pipe, type App } from 'switchix'
import { simulate } from 'switchix/testing'

/** A whole call, in the order in which it happens. It ends with its session, wherever it is then. */
const welcome: App = {
  name: 'Welcome',
  async flow(sess) {
    await sess.recv('CHANNEL_PARK')
    await sess.answer()
    await sess.playback('tone_stream://%(100,50,440);loops=2')
    console.log('welcomed')
    await sess.hangup()
  },
}

/** A stream, made of the session's stream: what comes out of it is read to its end. */
const seen: string[] = []
const journal: App = {
  name: 'Journal',
  flow: (sess) =>
    pipe(
      sess,
      filter(({ name }) => !name.endsWith('_COMPLETE')),
      tap(({ name }) => void seen.push(name)),
    ),
}

await using sw = await simulate()
await using client = await connect(sw, { apps: [inbound(welcome), inbound(journal)] })

const caller = await client.originate('park@127.0.0.1:5080')
await caller.recv('CHANNEL_DESTROY', { timeout: 5000 })
console.log('the callee: %s', seen.join(' > '))
