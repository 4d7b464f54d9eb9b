import type { LoadOptions } from '../app/load.ts'
import type { Clock } from '../clock.ts'
import type { Destination } from '../esl/parties.ts'
import type { Job } from '../model/job.ts'
import type { Session } from '../model/session.ts'
import type { Client, ClientApp, OriginateOptions } from './client.ts'
import { connect, type ConnectOptions } from './connect.ts'
import { within } from './shut-down.ts'
import type { Target } from './target.ts'

/** One call, and the client that it was placed with. */
export interface OneCall extends AsyncDisposable {
  readonly client: Client
  /** The session that was originated, answered. */
  readonly session: Session
  /** The other end, where the call came back to the same switch. */
  readonly peer: Session | undefined
  /** Hangs the call up where it is still up, and takes leave of the switch. */
  close(): Promise<void>
}

export interface CallOnceOptions extends Omit<OriginateOptions, 'app'> {
  /** What both ends of the call do. */
  readonly app?: ClientApp | undefined
  readonly connect?: Omit<ConnectOptions, 'apps'> | undefined
}

/** How long the end of the call is waited for, in ms. */
const END_TIMEOUT = 5000

const APP: LoadOptions = { id: 'call-once' }

/** Hangs it up where it is up, and waits for the end of its call. */
const hangUp = async (session: Session, clock: Clock): Promise<void> => {
  // What the switch says to it is of no interest any more.
  if (!session.hungup) await session.hangup().catch(() => undefined)
  await new Promise<void>((resolve) => {
    const timer = clock.setTimeout(resolve, END_TIMEOUT)
    void session.call.ended.then(() => {
      clock.clearTimeout(timer)
      resolve()
    })
  })
}

/** A call that is given up may turn up yet, and is hung up then; there is nobody to do so once the client is closed. */
const placed = async (job: Job<Session>, { clock }: Client): Promise<Session> => {
  try {
    return await job
  } catch (error) {
    job.unwanted = true
    await within(clock, job.settled(), END_TIMEOUT)
    throw error
  }
}

/**
 * Connects, places one call and resolves with its session once it is answered (switchio's `sync_caller`). Rejects as
 * `connect` and `Client.originate` do, with nothing left open. Use it with `await using`, or call `close`.
 */
export const callOnce = async (
  target: Target,
  dest: Destination,
  { app, connect: options, ...originate }: CallOnceOptions = {},
): Promise<OneCall> => {
  const client = await connect(target, options)
  const close = async (session?: Session): Promise<void> => {
    try {
      if (session && client.connected) await hangUp(session, client.clock)
    } finally {
      await client.close()
    }
  }
  try {
    if (app) await client.load(app, APP)
    const session = await placed(client.originate(dest, { ...originate, app: app && APP.id }), client)
    return {
      client,
      session,
      get peer() {
        return session.peer
      },
      close: () => close(session),
      [Symbol.asyncDispose]: () => close(session),
    }
  } catch (error) {
    await close()
    throw error
  }
}
