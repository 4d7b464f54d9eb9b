import type { Config, SipProfile } from '../core/config.ts'
import type { CalledAddress } from './far-end.ts'
import { readCause } from '../channel/sip-causes.ts'
import type { Switch } from '../core/switch.ts'

/** Where an endpoint of a dial string leads. */
export type Endpoint =
  /** To a SIP address, by one of the switch's profiles; `hop` is where the INVITE goes first. */
  | {
      readonly kind: 'sofia'
      readonly profile: SipProfile
      readonly to: CalledAddress
      readonly hop: CalledAddress
      /** The address and the parameters of the URI as they were written: `host[:port]`, `;transport=tcp`. */
      readonly authority: string
      readonly params: string
      /** The gateway that it goes by. */
      readonly gateway: string
    }
  /** To the dialplan of this switch, without SIP; `text` is what stands behind `loopback/`. */
  | {
      readonly kind: 'loopback'
      readonly text: string
      readonly extension: string
      readonly context: string
      readonly dialplan: string
      readonly called: string
    }
  /** To nobody, who answers. */
  | { readonly kind: 'null'; readonly extension: string; readonly context: string; readonly called: string }
  /** Nowhere; `begun` when FreeSWITCH has a session by then, and destroys it. */
  | { readonly kind: 'failed'; readonly cause: string; readonly begun: boolean }
  | { readonly kind: 'not modelled'; readonly what: string }

const failed = (cause: string, begun = false): Endpoint => ({ kind: 'failed', cause, begun })

const DEFAULT_PORT = 5060

const readAddress = (text: string): CalledAddress => {
  const [, user = '', host = '', port] = /^(?:sip:)?(?:([^@]*)@)?([^:;]*)(?::(\d+))?/.exec(text) ?? []
  return {
    user,
    host: host === 'localhost' ? '127.0.0.1' : host,
    port: port === undefined ? DEFAULT_PORT : Number(port),
  }
}

/** `sofia/gateway/<name>/<number>`: to that number at the gateway's proxy. */
const byGateway = (sw: Switch, [name = '', ...rest]: readonly string[]): Endpoint => {
  const user = rest.join('/').replace(/;.*$/s, '')
  if (rest.length === 0) return failed('INVALID_URL', true)
  const gateway = sw.config.gateways.get(name)
  const { profiles } = sw.config
  const profile = profiles.find((one) => one.name === (gateway?.profile ?? profiles[0]?.name))
  if (!gateway || !profile) return failed('INVALID_GATEWAY', true)
  const to = { ...readAddress(gateway.proxy), user }
  return { kind: 'sofia', profile, to, hop: to, authority: gateway.proxy, params: '', gateway: name }
}

const sofia = (sw: Switch, parts: readonly string[]): Endpoint => {
  const [name = '', ...more] = parts
  const dest = more.join('/')
  if (dest === '') return failed('INVALID_URL', true)
  if (name === 'gateway') return byGateway(sw, more)
  const profile = sw.config.profiles.find((one) => one.name === name)
  if (!profile) return failed('INVALID_PROFILE', true)
  const to = readAddress(dest)
  const path = /;fs_path=([^;]*)/.exec(dest)?.[1]
  const [, authority = '', params = ''] = /^(?:sip:)?(?:[^@]*@)?([^;]*)(.*)$/s.exec(dest) ?? []
  return {
    kind: 'sofia',
    profile,
    to,
    hop: path === undefined ? to : readAddress(path),
    authority,
    params,
    gateway: '',
  }
}

const NOT_MODELLED = new Set(['group', 'verto', 'rtc', 'rtmp', 'skinny', 'pickup'])

/** `loopback/<extension>[/<context>[/<dialplan>]]`. */
const loopback = (parts: readonly string[]): Endpoint => {
  const [extension = '', context = 'default', dialplan = 'xml'] = parts
  if (extension.startsWith('app=')) return { kind: 'not modelled', what: 'an application as an endpoint' }
  if (extension === '') return failed('DESTINATION_OUT_OF_ORDER', true)
  return { kind: 'loopback', text: parts.join('/'), extension, context, dialplan, called: parts.at(-1) ?? '' }
}

const nobody = (parts: readonly string[]): Endpoint => ({
  kind: 'null',
  extension: parts.join('/'),
  context: 'default',
  called: parts.at(-1) ?? '',
})

/** What was dialed before: a load dials the same few endpoints, each twice for a call. */
const known = new WeakMap<Config, Map<string, Endpoint>>()
const MOST_KNOWN = 64

const knownIn = (config: Config): Map<string, Endpoint> => {
  const endpoints = known.get(config) ?? new Map<string, Endpoint>()
  known.set(config, endpoints)
  if (endpoints.size >= MOST_KNOWN) endpoints.clear()
  return endpoints
}

/** Reads an endpoint (`switch_core_session_outgoing_channel` finds it by its first word). */
export const readEndpoint = (sw: Switch, text: string): Endpoint => {
  const before = knownIn(sw.config)
  const found = before.get(text) ?? read(sw, text)
  before.set(text, found)
  return found
}

const read = (sw: Switch, text: string): Endpoint => {
  const [type = '', ...parts] = text.split('/')
  if (text.includes(':_:')) return { kind: 'not modelled', what: 'dialing several legs at once' }
  if (type === 'sofia') return sofia(sw, parts)
  if (type === 'loopback') return loopback(parts)
  if (type === 'null') return nobody(parts)
  if (type === 'error') return failed(readCause(parts[0] ?? ''))
  if (type === 'user') return failed('SUBSCRIBER_ABSENT')
  if (NOT_MODELLED.has(type)) return { kind: 'not modelled', what: `the endpoint ${type}` }
  return failed('CHAN_NOT_IMPLEMENTED')
}
