import { FreeSwitchClient } from 'esl'
import { createMeter, headersOf, task } from '../measured.ts'

const asked = task()
const meter = createMeter(asked)
const names = headersOf(asked)

const nothing = (): void => undefined

const client = new FreeSwitchClient({
  host: '127.0.0.1',
  port: asked.port,
  password: 'ClueCon',
  logger: { debug: nothing, info: nothing, error: nothing },
})
client.on('connect', (call) => {
  // Every event of a name comes under that name, and in addition under the name of what it is about.
  const take = ({ body }: { body: Record<string, unknown> }): void => {
    if (names.length === 0)
      for (const name in body) meter.add(typeof body[name] === 'string' ? body[name] : undefined)
    else for (const name of names) meter.add(body[name] as string | undefined)
    meter.event()
  }
  const emit = call.emit.bind(call) as (name: string, event: unknown) => unknown
  call.emit = ((name: string, event: { body?: Record<string, unknown> }) => {
    if (event.body?.['Event-Name'] === name) take(event as { body: Record<string, unknown> })
    return emit(name, event)
  }) as typeof call.emit
  meter.start()
  void call.send('noevents', {})
})
client.connect()
