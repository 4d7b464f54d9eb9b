import { randomUUID } from 'node:crypto'
import { execFile } from 'node:child_process'
import { connect as dial } from 'node:net'
import { promisify } from 'node:util'
import { describe, it, type TestContext } from 'vitest'
import { socketTransport } from '../../lib/link/tcp.ts'
import type { Connect } from '../../lib/link/transport.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import type { Session } from '../../lib/model/session.ts'
import type { Client, OriginateOptions } from '../../lib/service/client.ts'
import { connect, type ConnectOptions } from '../../lib/service/connect.ts'
import { profileAddress } from '../../lib/service/profile.ts'
import { answering } from '../service/on-embedded-switch.ts'

/** `host:port` of the Event Socket of a FreeSWITCH to try things on. Its profile `external` must park what comes in. */
export const LIVE = process.env['SWITCHIX_LIVE'] ?? ''
export const PASSWORD = process.env['SWITCHIX_LIVE_PASSWORD'] ?? 'ClueCon'
/** An address of this machine that the switch's access list refuses. */
export const REFUSED = process.env['SWITCHIX_LIVE_REFUSED'] ?? ''

const SKIPPED = 'SKIPPED, for it needs a FreeSWITCH; set SWITCHIX_LIVE=host:port'
// The usual reporter of vitest does not show the names of what was skipped.
if (LIVE === '') console.warn(`the specs on a real switch: ${SKIPPED}`)

/** Specs for a real switch; where there is none, their name says so. */
export const describeLive = (what: string, specs: () => void): void => {
  if (LIVE !== '') describe(`${what} (on ${LIVE})`, specs)
  else describe.skip(`${what}: ${SKIPPED}`, specs)
}

/** A command that is given `restart` (kill it, start it again), `pause` (SIGSTOP) or `continue` (SIGCONT). */
const CONTROL = process.env['SWITCHIX_LIVE_CONTROL'] ?? ''

export const control = async (what: 'restart' | 'pause' | 'continue'): Promise<void> => {
  await promisify(execFile)(CONTROL, [what], { timeout: 60_000 })
}

/** Specs that need that command. */
export const controlled = (
  what: string,
  options: { readonly timeout: number },
  spec: (context: TestContext) => Promise<void>,
): void => {
  if (CONTROL !== '') it(what, options, spec)
  else it.skip(`${what}: SKIPPED, set SWITCHIX_LIVE_CONTROL=script`, spec)
}

/** How many channels the switch has, whoever placed them. */
export const channels = async (): Promise<number> => {
  await using client = await connect(LIVE, { password: PASSWORD })
  return Number(/(\d+) total/.exec(await client.api('show channels count'))?.[1])
}

export interface Real {
  readonly client: Client
  readonly failures: AppFailure[]
  /** Calls the switch itself, by its profile `external`; the calls of others are left alone. */
  call(options?: OriginateOptions): Promise<{ caller: Session; called: Session }>
  /** Where the profile listens; skips the spec where the switch has none of that name. */
  profile(name: string): Promise<string>
}

/** Runs a spec with a client of the real switch, on which an app answers the calls that come in. */
export const onRealSwitch = async (
  context: TestContext,
  run: (at: Real) => Promise<void>,
  options: ConnectOptions = {},
): Promise<void> => {
  const failures: AppFailure[] = []
  // Specs run at the same time, and each answers its own calls only.
  const id = `switchix-${randomUUID()}`
  const password = PASSWORD
  await using client = await connect(LIVE, {
    password,
    onAppError: (each) => failures.push(each),
    ...options,
  })
  await client.load(answering(), { id })
  const profile = (name: string): Promise<string> =>
    profileAddress(client, name).catch(() => context.skip(`the switch has no profile ${name}`))
  const external = await profile('external')
  const call: Real['call'] = async (more) => {
    const caller = await client.originate(`switchix@${external}`, { app: id, ...more })
    return { caller, called: caller.peer as Session }
  }
  try {
    await run({ client, failures, call, profile })
  } finally {
    // Whatever failed: the calls of this spec's apps, and no others.
    for (const own of new Set(client.apps.map((app) => app.id)))
      if (own !== 'default') await client.hupall({ app: own }).catch(() => undefined)
  }
}

/** A connection that comes from that address of ours. */
export const from =
  (localAddress: string): Connect =>
  (handlers) =>
    new Promise((resolve, reject) => {
      const [, host = '', port = '8021'] = /^(.*?)(?::(\d+))?$/.exec(LIVE) ?? []
      const socket = dial({ host, port: Number(port), localAddress })
      socket.on('error', reject)
      socket.on('data', (chunk) => handlers.data(chunk))
      socket.on('close', () => handlers.close())
      socket.on('connect', () => resolve(socketTransport(socket, LIVE)))
    })
