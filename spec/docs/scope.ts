/**
 * What the programs of the docs that begin in the middle of something stand in: a client, a session with a caller who stays,
 * apps. Names of switches (`fs1`, `10.0.0.9`) are embedded ones here.
 */
import {
  callOnce as callOn,
  connect as connectTo,
  createPool as poolOf,
  listen as listenOn,
  serve as serveOn,
} from 'switchix'
import type { App, ClientApp, ConnectOptions, PoolOptions, ServeOptions, Session, Target } from 'switchix'
import { farEnd, simulate } from 'switchix/testing'

export const sw = await simulate({
  seed: 1,
  sounds: { 'welcome.wav': 100, 'menu.wav': 100 },
  gateways: { trunk: { proxy: '192.0.2.1:5060' } },
  calledParty: farEnd({ ring: 10, answer: 20 }),
})

/** The embedded switch in place of a host that has no address here. */
const there = (target: Target): Target => (typeof target === 'string' ? sw : target)

export const connect = (target: Target, options?: ConnectOptions): ReturnType<typeof connectTo> =>
  connectTo(there(target), options)
export const serve = (targets: readonly Target[], options: ServeOptions): ReturnType<typeof serveOn> =>
  serveOn(targets.slice(0, 1).map(there), options)
export const createPool = (targets: readonly Target[], options?: PoolOptions): ReturnType<typeof poolOf> =>
  poolOf(targets.slice(0, 1).map(there), options)
export const callOnce = (...[target, ...rest]: Parameters<typeof callOn>): ReturnType<typeof callOn> =>
  callOn(there(target), ...rest)

export const listen = (
  options: Parameters<typeof listenOn>[0],
  ...apps: [Parameters<typeof listenOn>[1]]
): ReturnType<typeof listenOn> => listenOn({ ...options, host: '127.0.0.1', port: 0 }, ...apps)

export const client = await connectTo(sw)

let take: (session: Session) => void
const taken = new Promise<Session>((resolve) => {
  take = resolve
})
/** Asks for a PIN, and tells the balance in digits. */
const tellBalance = async (session: Session): Promise<void> => {
  for (let digits = 0; digits < 4; digits++) await session.recv('DTMF')
  await session.sendDtmf('250')
  await session.sleep(1500)
  await session.hangup('NORMAL_CLEARING')
}
const holding: App = {
  name: 'Holding',
  on: {
    async CHANNEL_PARK(session) {
      if (session.direction !== 'inbound') return
      await session.answer()
      if (session.get('Caller-Caller-ID-Number') === 'alice') return tellBalance(session)
      take(session)
      await session.recv('CHANNEL_HANGUP')
    },
  },
}
await client.load(holding)
const phone = sw.call({ to: '100', from: '1000' })
phone.ended.catch(() => undefined)
export const sess = await taken

/** Has the caller press keys, a moment from now. */
export const press = (digits: string): void => void setTimeout(() => phone.press(digits), 50)

export const a: ClientApp = { name: 'A', on: {} }
export const b: ClientApp = { name: 'B', on: {} }
export const agent: ClientApp = { name: 'Agent', on: {} }
await client.load(agent, { id: 'agent' })
export const other = sess.uuid
export const app: ClientApp = { name: 'App', on: {} }
export const ivr = (): ClientApp => ({ name: 'Ivr', on: {} })
export const log = (text: string): string => text
export const lookUpTheCaller = (session: Session): Promise<string> => Promise.resolve(session.uuid)

/** Ends all of it. */
export const end = async (): Promise<void> => {
  phone.hangup()
  await client.close()
  await sw.close()
}
