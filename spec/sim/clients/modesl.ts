import { createRequire } from 'node:module'

/** What is used of modesl, which has no types. */
export interface EslEvent {
  getHeader(name: string): string | undefined
  getBody(): string
}
export interface EslConnection {
  on(event: string, handler: (event: EslEvent) => void): void
  events(format: string, names: string, done: (reply: EslEvent) => void): void
  api(command: string, args: string, done: (reply: EslEvent) => void): void
  bgapi(command: string, args: string, done: (job: EslEvent) => void): void
  execute(app: string, arg: string, uuid: string, done: (complete: EslEvent) => void): void
  disconnect(): void
}
interface Modesl {
  Connection: new (host: string, port: number, password: string, ready: () => void) => EslConnection
}

const modesl = createRequire(import.meta.url)('modesl') as Modesl

/** Another maker's client of a switch. */
export const openModesl = async (host: string, port: number, password: string): Promise<EslConnection> => {
  let connection: EslConnection | undefined
  await new Promise<void>((resolve) => {
    connection = new modesl.Connection(host, port, password, resolve)
  })
  return connection as unknown as EslConnection
}

/** What it answers, as a promise. */
export const reply = (ask: (done: (event: EslEvent) => void) => void): Promise<EslEvent> =>
  new Promise((resolve) => ask(resolve))
