// PlayRec: the caller plays a clip to the callee, and now and then both legs are recorded, to judge the sound by.
import { connect, type ClientApp } from 'switchix'
import { simulate } from 'switchix/testing'

const CLIP = 'ivr/8000/ivr-founder_of_freesource.wav'

/** The two recordings of a call, on the switch. */
interface Recordings {
  readonly host: string
  readonly caller: string
  readonly callee: string
}

interface PlayRecOptions {
  readonly clip?: string
  /** How often it is played. Default 1. */
  readonly iterations?: number
  /** A call is recorded where so many ms have gone by since the last that was. Default 5000. */
  readonly recPeriod?: number
  /** How long the recording goes on after the last clip, in ms. Default 1000. */
  readonly tail?: number
  readonly stereo?: boolean
  /** Told of each pair of recordings, once both are complete. */
  readonly onRecorded?: (recordings: Recordings) => void
}

const playRec = ({
  clip = CLIP,
  iterations = 1,
  recPeriod = 5000,
  tail = 1000,
  stereo = false,
  onRecorded,
}: PlayRecOptions = {}): ClientApp => {
  let directory = ''
  let recordedAt = -Infinity

  const isDue = (): boolean => {
    if (performance.now() - recordedAt < recPeriod) return false
    recordedAt = performance.now()
    return true
  }

  return {
    name: 'PlayRec',
    async prepost({ client }) {
      directory = await client.api('global_getvar recordings_dir')
    },
    on: {
      CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.answer() : undefined),
      async CHANNEL_ANSWER(caller) {
        const callee = caller.peer
        if (caller.direction !== 'outbound' || !callee) return
        const files = isDue() && {
          caller: `${directory}/caller_${caller.uuid}.wav`,
          callee: `${directory}/callee_${callee.uuid}.wav`,
        }
        if (files)
          await Promise.all([
            caller.startRecord(files.caller, { stereo }),
            callee.startRecord(files.callee, { stereo }),
          ])
        for (let i = 0; i < iterations; i++) await caller.playback(clip)
        if (files) {
          await caller.playback(`silence_stream://${tail}`)
          await Promise.all([caller.stopRecord(files.caller), callee.stopRecord(files.callee)])
          onRecorded?.({ host: caller.node, ...files })
        }
        await caller.hangup()
      },
    },
  }
}

await using sw = await simulate({ sounds: { [CLIP]: 200 } }) // the clip, cut short
await using client = await connect(sw)
const app = playRec({
  iterations: 3,
  tail: 100,
  onRecorded: ({ caller, callee }) => console.log('recorded %s and %s', caller, callee),
})
await client.load(app, { id: 'playrec' })

for (const nth of ['first', 'second']) {
  const caller = await client.originate('park@127.0.0.1:5080', { app: 'playrec' })
  await caller.recv('CHANNEL_DESTROY', { timeout: 10_000 })
  const done = caller.history.filter(({ name }) => name === 'CHANNEL_EXECUTE_COMPLETE')
  const played = done.filter((event) => event.get('Application') === 'playback').length
  const recorded = caller.history.some(({ name }) => name === 'RECORD_STOP')
  console.log('the %s call: %d sounds played, recorded: %s', nth, played, recorded)
}
