// Record a call once; test the app against the recording ever after: no switch, no waiting.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type ClientApp } from 'switchix'
import { record, replay, simulate } from 'switchix/testing'

const welcome = (prompt: string): ClientApp => ({
  name: 'Welcome',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      await sess.answer()
      await sess.playback(prompt)
      await sess.hangup()
    },
  },
})

const file = join(await mkdtemp(join(tmpdir(), 'switchix-')), 'welcome.call.jsonl')
{
  await using sw = await simulate() // or a FreeSWITCH: record('127.0.0.1')
  const recorder = record(sw)
  await using client = await connect(recorder.target, { apps: [welcome('tone_stream://%(500,0,440)')] })
  const caller = await client.originate('park@127.0.0.1:5080')
  await caller.recv('CHANNEL_DESTROY', { timeout: 10_000 })
  await recorder.save(file)
}

const same = await replay(file, { app: welcome('tone_stream://%(500,0,440)') })
console.log('%d commands, divergence: %s', same.commands.length, same.divergence?.diff ?? 'none')
const other = await replay(file, { app: welcome('other.wav') })
console.log('with another prompt:\n%s', other.divergence?.diff)
