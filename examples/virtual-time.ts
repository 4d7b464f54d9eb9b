// A call of ten minutes in a few milliseconds: client and switch share a clock that stands still until it is told to run.
import { connect } from 'switchix'
import { tonePlay } from 'switchix/apps'
import { simulate, virtualClock } from 'switchix/testing'

const clock = virtualClock()
const before = performance.now()

const tenMinutes = async (): Promise<number> => {
  await using sw = await simulate({ clock, transport: 'memory', seed: 1 })
  await using client = await connect(sw, { clock, apps: [tonePlay()] })

  const caller = await client.originate('park@127.0.0.1:5080')
  await caller.schedHangup(600_000)
  await caller.recv('CHANNEL_DESTROY') // no timeout: time runs as fast as it can be computed
  return (caller.times.hangup ?? NaN) - (caller.times.answer ?? NaN)
}

const lasted = await clock.run(tenMinutes())
console.log('a call of %d minutes', Math.round(lasted / 60_000))
console.log('took %d ms', Math.round(performance.now() - before))
