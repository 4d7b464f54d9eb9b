import { BlockList, isIP } from 'node:net'
import { ArgumentError } from '../errors.ts'

/** Says whether an address may connect. */
export type AccessList = (address: string) => boolean

/** A socket that listens on IPv6 shows IPv4 callers as `::ffff:192.0.2.1`; a link-local address names its interface: `fe80::1%eth0`. */
const plainAddress = (address: string): string =>
  address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')

const addNetwork = (list: BlockList, what: string, text: string): void => {
  const [, net = '', , bits] = /^([^/]*)(\/(\d{1,3}))?$/.exec(text) ?? []
  const family = isIP(net)
  const most = family === 6 ? 128 : 32
  const prefix = bits === undefined ? most : Number(bits)
  if (family === 0 || prefix > most || net.includes('%'))
    throw new ArgumentError(
      `${what} expects a network such as 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32, got ${JSON.stringify(text)}`,
    )
  list.addSubnet(net, prefix, family === 6 ? 'ipv6' : 'ipv4')
}

/**
 * Lets in the addresses of these networks (CIDR, IPv4 and IPv6) and nobody else. `what` names the option in messages. Throws
 * ArgumentError (BAD_ARGUMENT) for what is no network.
 */
export const createAccessList = (networks: readonly string[], what = 'allow'): AccessList => {
  const list = new BlockList()
  for (const text of networks) addNetwork(list, what, text)
  return (address) => {
    const plain = plainAddress(address)
    const family = isIP(plain)
    return family > 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4')
  }
}

const loopback = createAccessList(['127.0.0.0/8', '::1'])

/** Whether a host is this machine, so that what is said to it does not leave it. */
export const isLoopback = (host: string): boolean => host === 'localhost' || loopback(host)

/** The address in `host:port`, as connections name their peers. */
export const addressOf = (peer: string): string => peer.slice(0, Math.max(0, peer.lastIndexOf(':')))
