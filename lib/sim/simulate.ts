import { resolve } from 'node:path'
import { systemClock, type Clock } from '../clock.ts'
import { ConnectError } from '../errors.ts'
import { memory } from '../link/memory.ts'
import { tcp } from '../link/tcp.ts'
import type { Connect } from '../link/transport.ts'
import type { Gateway, SipProfile } from './core/config.ts'
import { serve } from './socket/connection.ts'
import { endConnection, SHUT_DOWN } from './socket/end-connection.ts'
import { parkAll, type Dialplan } from './calls/dialplan.ts'
import { nobodyElse, type CalledParty } from './calls/far-end.ts'
import { startHeartbeat } from './events/heartbeat.ts'
import { createHandOver, type Outbound } from './socket/outbound.ts'
import { listen } from './socket/listen.ts'
import { callFromPhone, type Phone, type PhoneCall } from './calls/phone.ts'
import { createSwitch } from './core/create-switch.ts'
import type { Switch } from './core/switch.ts'

export interface SimulateOptions {
  /** TCP port of the Event Socket; 0 for any that is free. Default 0. */
  readonly port?: number
  /** Address to listen on. Default 127.0.0.1: nobody outside gets in. */
  readonly host?: string
  /** Default ClueCon. */
  readonly password?: string
  /** Passwords of users for `userauth`, by `name@domain`. */
  readonly users?: ReadonlyMap<string, string> | Readonly<Record<string, string>>
  /** Where all its time comes from. Default the machine's clock. */
  readonly clock?: Clock
  /** `memory`: connections only by `connect`, without a network. Default `tcp`. */
  readonly transport?: 'tcp' | 'memory'
  /** Whether an address may connect; one that may not is rejected rudely, as by an ACL. */
  readonly acl?: (address: string) => boolean
  /** The same seed and the same commands give the same run. */
  readonly seed?: number
  /** SIP profiles. Default external on 127.0.0.1:5080 and internal on 127.0.0.1:5060, both in the context `default`. */
  readonly profiles?: readonly (Omit<SipProfile, 'context'> & { readonly context?: string })[]
  /** Gateways, by name: `{ trunk: { proxy: '192.0.2.1:5060' } }`. They do not register, and are up. */
  readonly gateways?: Readonly<Record<string, Gateway>>
  /** Limits, as `fsctl` shows them. Default 100 000, so that they are not in the way. */
  readonly sps?: number
  readonly maxSessions?: number
  /** What calls that come in do. Default: every call is parked. */
  readonly dialplan?: Dialplan
  /** How parties that are not on this switch behave. Default: their ports are closed. */
  readonly calledParty?: CalledParty
  /**
   * How calls reach the applications that `socket` hands them over to; undefined for an address where nobody listens.
   * Default TCP, or nobody with the transport `memory`. For virtual time: `() => memory(clock, accept)`.
   */
  readonly outbound?: Outbound
  /** Files that can be played, with their length in milliseconds. Default those of the recordings. */
  readonly sounds?: Readonly<Record<string, number>>
  /** Where sounds are: WAV files are read, and last as long as they do. Default: only the lengths of `sounds` are known. */
  readonly soundsDir?: string
  /**
   * Where recordings are written, as WAV files, also those with a path elsewhere: `/tmp/a.wav` becomes `tmp/a.wav` in it.
   * Default: recordings are told of, and not written.
   */
  readonly recordingsDir?: string
  readonly hostname?: string
  /** Stands for the shell: what a command of `system` prints. Without it, or where it gives undefined, that is refused. */
  readonly shell?: (command: string) => string | undefined
  /** Global variables, besides those that every switch has. */
  readonly globals?: Readonly<Record<string, string>>
}

/** A switch that runs inside this process. */
export interface EmbeddedSwitch extends AsyncDisposable {
  readonly host: string
  /** 0 where it is reached by memory only. */
  readonly port: number
  readonly password: string
  /** Opens a connection to it, by TCP or by memory. */
  readonly connect: Connect
  /** Its time: a client that connects to it lives by the same. */
  readonly clock: Clock
  /** A phone calls this switch, from outside. */
  call(call: PhoneCall): Phone
  /** How many channels are up. */
  channels(): number
  /** Resolves when it is closed, or was shut down by a command. */
  readonly ended: Promise<void>
  /** Ends its calls, its connections and its timers; nothing of it runs on. */
  close(): Promise<void>
}

const DEFAULT_SOUNDS = {
  'test/half.wav': 500,
  'test/short.wav': 1000,
  'test/long.wav': 20_000,
  'ivr/8000/ivr-founder_of_freesource.wav': 4250,
  'ivr/ivr-founder_of_freesource.wav': 4250,
}

const DEFAULT_PROFILES = [
  { name: 'external', host: '127.0.0.1', port: 5080 },
  { name: 'internal', host: '127.0.0.1', port: 5060 },
]

const CONNECT_TIMEOUT = 10_000

const byTcp: Outbound = (host, port) => tcp(host, port, CONNECT_TIMEOUT)
const nobodyListens: Outbound = () => undefined

const prepare = (options: SimulateOptions): Switch =>
  createSwitch(
    {
      password: options.password ?? 'ClueCon',
      users: options.users instanceof Map ? options.users : new Map(Object.entries(options.users ?? {})),
      hostname: options.hostname ?? 'sim',
      profiles: (options.profiles ?? DEFAULT_PROFILES).map((profile) => ({ context: 'default', ...profile })),
      gateways: new Map(Object.entries(options.gateways ?? {})),
      dialplan: options.dialplan ?? parkAll,
      calledParty: options.calledParty ?? nobodyElse,
      handOver: createHandOver(options.outbound ?? (options.transport === 'memory' ? nobodyListens : byTcp)),
      sounds: new Map(Object.entries(options.sounds ?? DEFAULT_SOUNDS)),
      // Whole paths, for clients name files by the folders that the globals tell them.
      soundsDir: resolve(options.soundsDir ?? '/var/freeswitch/sounds'),
      recordingsDir: resolve(options.recordingsDir ?? '/var/freeswitch/recordings'),
      realSounds: options.soundsDir !== undefined,
      realRecordings: options.recordingsDir !== undefined,
      shell: options.shell ?? (() => undefined),
      globals: new Map(Object.entries(options.globals ?? {})),
    },
    {
      sps: options.sps ?? 100_000,
      maxSessions: options.maxSessions ?? 100_000,
      paused: { inbound: false, outbound: false },
    },
    options.clock ?? systemClock,
    options.seed,
  )

/** Everything that runs or waits ends; connections are told so first, unless it comes abruptly. */
const endAll = (sw: Switch, how?: 'abruptly'): void => {
  sw.closed = true
  for (const listener of [...sw.listeners]) {
    if (how === 'abruptly') listener.transport.destroy()
    else endConnection(sw, listener, SHUT_DOWN)
  }
  for (const timer of sw.timers) sw.clock.clearTimeout(timer)
  sw.timers.clear()
  sw.channels.clear()
  sw.listeners.clear()
  sw.wanting.clear()
}

/** A switch that is closed, or was shut down, is not there. */
const whileUp =
  (sw: Switch, connect: Connect): Connect =>
  (handlers) =>
    sw.closed
      ? Promise.reject(
          new ConnectError('UNREACHABLE', 'memory', 'cannot connect: the embedded switch was shut down'),
        )
      : connect(handlers)

/**
 * Starts the embedded switch: a FreeSWITCH look-alike that speaks the Event Socket to any client. Rejects with
 * ConnectError (UNREACHABLE) when it cannot listen on that address.
 */
export const simulate = async (options: SimulateOptions = {}): Promise<EmbeddedSwitch> => {
  const sw = prepare(options)
  const host = options.host ?? '127.0.0.1'
  const accept = serve(sw, options.acl ?? (() => true))
  const server = options.transport === 'memory' ? undefined : await listen(accept, host, options.port ?? 0)
  startHeartbeat(sw)
  let closing: Promise<void> | undefined
  let tellEnd = (): void => undefined
  const ended = new Promise<void>((resolve) => (tellEnd = resolve))
  const close = (how?: 'abruptly'): Promise<void> => {
    if (!closing) {
      endAll(sw, how)
      closing = server ? server.close() : Promise.resolve()
      void closing.then(tellEnd)
    }
    return closing
  }
  sw.stop = (how) => void close(how)
  return {
    host,
    port: server?.port ?? 0,
    password: sw.config.password,
    clock: sw.clock,
    connect: server
      ? tcp(host, server.port, CONNECT_TIMEOUT)
      : whileUp(sw, memory(sw.clock, accept, 'memory')),
    call: (call) => callFromPhone(sw, call),
    channels: () => sw.channels.size,
    ended,
    close: () => close(),
    [Symbol.asyncDispose]: () => close(),
  }
}
