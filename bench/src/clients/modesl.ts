import { createRequire } from 'node:module'
import { createMeter, headersOf, task } from '../measured.ts'

interface ModeslEvent {
  getHeader(name: string): string | undefined
  readonly headers: readonly { readonly name: string; readonly value: string }[]
}

interface ModeslConnection {
  on(name: string, fn: (event: ModeslEvent) => void): void
  sendRecv(command: string, fn?: () => void): void
}

const { Connection } = createRequire(import.meta.url)('modesl') as {
  Connection: new (host: string, port: number, password: string, ready: () => void) => ModeslConnection
}

const asked = task()
const meter = createMeter(asked)
const names = headersOf(asked)

const connection = new Connection('127.0.0.1', asked.port, 'ClueCon', () => {
  connection.on('esl::event::**', (event) => {
    // It tells of replies in the same way.
    if (!event.getHeader('Unique-ID')) return
    if (names.length === 0) for (const { value } of event.headers) meter.add(value)
    else for (const name of names) meter.add(event.getHeader(name))
    meter.event()
  })
  meter.start()
  connection.sendRecv('noevents')
})
