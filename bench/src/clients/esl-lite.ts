import { FreeSwitchClient } from 'esl-lite'
import { createMeter, headersOf, task } from '../measured.ts'

const asked = task()
const meter = createMeter(asked)
const names = headersOf(asked)
const nothing = (): void => undefined

const logger: Record<string, unknown> = {}
for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal']) logger[level] = nothing
logger['child'] = () => logger

const client = new FreeSwitchClient({
  host: '127.0.0.1',
  port: asked.port,
  password: 'ClueCon',
  logger: logger as never,
})
client.on('ALL', ({ body }) => {
  const { data } = body as unknown as { data: Record<string, unknown> }
  if (names.length === 0)
    for (const name in data) meter.add(typeof data[name] === 'string' ? data[name] : undefined)
  else for (const name of names) meter.add(data[name] as string | undefined)
  meter.event()
})
setTimeout(() => {
  meter.start()
  void client.bgapi('noevents', 5000)
}, 300)
