import { readFileSync, statSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { ArgumentError, messageOf } from '../errors.ts'
import type { Dialplan } from '../sim/calls/dialplan.ts'
import { readDialplan } from '../sim/dialplan/read-dialplan.ts'
import { readFarEnd } from '../sim/far-end/read-file.ts'
import { simulate, type SimulateOptions } from '../sim/simulate.ts'
import { EXIT } from './failure.ts'
import { gatewaysOf } from './gateway-text.ts'
import { untilInterrupted } from './interrupt.ts'
import { say } from './say.ts'
import type { SimCommandOptions } from './sim.ts'

const readDialplanFile = (path: string): Dialplan => {
  try {
    return readDialplan(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new ArgumentError(`the dialplan ${path} cannot be read: ${messageOf(cause)}`, cause)
  }
}

/** Whether an address is in one of the networks: `10.0.0.0/8`, `192.0.2.1`, `::1`. */
const accessList = (texts: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList()
  for (const text of texts) {
    const [net = '', bits = ''] = text.split('/', 2)
    const family = isIP(net)
    const most = family === 6 ? 128 : 32
    const prefix = text.includes('/') ? Number(bits) : most
    if (family === 0 || bits.trim() !== bits || !(Number.isInteger(prefix) && prefix >= 0 && prefix <= most))
      throw new ArgumentError(`--acl expects a network such as 10.0.0.0/8 or 192.0.2.1, got "${text}"`)
    list.addSubnet(net, prefix, family === 6 ? 'ipv6' : 'ipv4')
  }
  return (address) => {
    // A socket that listens on IPv6 shows IPv4 callers as ::ffff:192.0.2.1.
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
    return isIP(plain) > 0 && list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
  }
}

const soundsFolder = (path: string): string => {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path
  throw new ArgumentError(`--sounds expects a folder with WAV files; there is none at ${path}`)
}

/** What `simulate` is told. Throws ArgumentError for a file that cannot be understood. */
export const simOptions = (options: SimCommandOptions): SimulateOptions => ({
  port: options.port,
  host: options.host,
  password: options.password,
  ...(options.seed === undefined ? {} : { seed: options.seed }),
  ...(options.sps === undefined ? {} : { sps: options.sps }),
  ...(options.maxSessions === undefined ? {} : { maxSessions: options.maxSessions }),
  ...(options.profile ? { profiles: options.profile } : {}),
  ...gatewaysOf(options.gateway),
  ...(options.dialplan === undefined ? {} : { dialplan: readDialplanFile(options.dialplan) }),
  ...(options.farEnd === undefined ? {} : { calledParty: readFarEnd(options.farEnd) }),
  ...(options.sounds === undefined ? {} : { soundsDir: soundsFolder(options.sounds) }),
  ...(options.recordings === undefined ? {} : { recordingsDir: options.recordings }),
  ...(options.acl ? { acl: accessList(options.acl) } : {}),
})

/** Runs `switchix sim` until it is interrupted, or shut down by a command, and gives its exit code. */
export const runSim = async (options: SimCommandOptions): Promise<number> => {
  const sw = await simulate(simOptions(options))
  say(`an embedded switch listens on ${sw.host}:${sw.port}, password ${sw.password} (Ctrl-C ends it)`)
  const { first, interrupt } = untilInterrupted()
  await Promise.race([first, sw.ended])
  if (interrupt.count > 0) say(`closing, with ${sw.channels()} channels up`)
  else say('it was shut down by a command')
  await sw.close()
  interrupt.stop()
  return EXIT.ok
}
