import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

/** The lists that every FreeSWITCH has (`switch_load_network_lists` in `src/switch_core.c`). */
const PRIVATE: readonly (readonly [string, number])[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
]

const LISTS: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  'loopback.auto': [['127.0.0.0', 8]],
  'localnet.auto': PRIVATE,
  'rfc1918.auto': PRIVATE,
  'nat.auto': PRIVATE,
  lan: PRIVATE,
}

const isIn = (address: string, nets: readonly (readonly [string, number])[]): boolean => {
  if (isIP(address) !== 4) return false
  const list = new BlockList()
  for (const [net, bits] of nets) list.addSubnet(net, bits)
  return list.check(address)
}

const readNet = (text: string): readonly [string, number] | undefined => {
  const [net = '', bits = ''] = text.split('/')
  return isIP(net) === 4 && /^\d+$/.test(bits) && Number(bits) <= 32 ? [net, Number(bits)] : undefined
}

/** `acl <address> <list>`: one of the lists that are always there, or a network (`switch_check_network_list_ip`). */
export const acl = (_: Switch, arg: string): string => {
  const [address = '', name = ''] = separate(arg, ' ', 3)
  const net = readNet(name)
  return String(isIn(address, net ? [net] : (LISTS[name] ?? [])))
}

export const isLanAddress = (_: Switch, arg: string): string =>
  isIn(arg, PRIVATE) || isIn(arg, [['127.0.0.0', 8]]) ? 'yes' : 'no'

/** `host_lookup <name>`: addresses, and this machine; to ask the network would not be the same run twice. */
export const hostLookup = (sw: Switch, arg: string): string => {
  if (arg === '') return 'parameter missing\n'
  if (isIP(arg) > 0) return arg
  if (arg === 'localhost') return '127.0.0.1'
  if (arg === sw.config.hostname) return sw.config.profiles[0]?.host ?? '127.0.0.1'
  return `-ERR host_lookup ${arg} is not modelled by the embedded switch\n`
}

const INTERFACE_USAGE = 'USAGE: interface_ip [auto|ipv4|ipv6] <ifname>\n'

/** `interface_ip auto|ipv4|ipv6 <interface>`: that of this machine; nothing where it has none. */
export const interfaceIp = (_: Switch, arg: string): string => {
  const [family = '', name] = separate(arg, ' ', 3)
  const wanted = /^(auto|ipv4|ipv6)$/i.exec(family)?.[1]?.toLowerCase()
  if (wanted === undefined || name === undefined) return INTERFACE_USAGE
  const found = networkInterfaces()[name]?.find(
    (one) => wanted === 'auto' || one.family.toLowerCase() === wanted,
  )
  return found?.address ?? ''
}

const NAT_USAGE =
  'USAGE: nat_map [status|reinit|republish] | [add|del] <port> [tcp|udp] [sticky] | [mapping] <enable|disable>'

/** `nat_map`: there is no NAT, so that everything fails, as on a FreeSWITCH that was started with `-nonat`. */
export const natMap = (_: Switch, arg: string): string => (arg === '' ? NAT_USAGE : 'false')

/** `stun <server>`: there is nobody to ask. */
export const stun = (_: Switch, arg: string): string =>
  arg === '' ? '-STUN Failed! NO STUN SERVER\n' : `-ERR stun ${arg} is not modelled by the embedded switch\n`
