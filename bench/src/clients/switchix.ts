import { systemClock } from '../../../dist/clock.js'
import { openLink } from '../../../dist/link/inbound.js'
import { tcp } from '../../../dist/link/tcp.js'
import { createMeter, headersOf, task } from '../measured.ts'

/** switchix, decoding and handing over: its link, events read as an app reads them. */
const asked = task()
const meter = createMeter(asked)
const names = headersOf(asked)

const link = await openLink(
  tcp('127.0.0.1', asked.port, 5000),
  {
    event(event) {
      if (names.length === 0) event.forEach(meter.add)
      else for (const name of names) meter.add(event.get(name))
      meter.event()
      return undefined
    },
    closed: () => undefined,
  },
  { password: 'ClueCon', clock: systemClock },
)
meter.start()
await link.command('noevents')
