import { connect, type App } from '../../../dist/index.js'
import { createMeter, task } from '../measured.ts'

/**
 * switchix whole: session, call and job tables, dispatch to an app, and a flow for each session that awaits three
 * events. What it is asked to read makes no difference.
 */
const asked = task()
const meter = createMeter(asked)

const app: App = {
  name: 'Bench',
  on: {
    async CHANNEL_CREATE(session) {
      await session.recv('CHANNEL_ANSWER')
      await session.recv('CHANNEL_HANGUP')
      await session.recv('CHANNEL_HANGUP_COMPLETE')
    },
  },
  handle: { HEARTBEAT: () => meter.finish() },
}

const client = await connect({ host: '127.0.0.1', port: asked.port }, { apps: [app] })
meter.start()
await client.api('noevents')
