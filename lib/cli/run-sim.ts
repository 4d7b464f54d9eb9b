import { readFileSync, statSync } from 'node:fs'
import { ArgumentError, messageOf } from '../errors.ts'
import { createAccessList, isLoopback } from '../link/access-list.ts'
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
  ...(options.acl ? { acl: createAccessList(options.acl, '--acl') } : {}),
})

/** Runs `switchix sim` until it is interrupted, or shut down by a command, and gives its exit code. */
export const runSim = async (options: SimCommandOptions): Promise<number> => {
  const sw = await simulate(simOptions(options))
  say(`an embedded switch listens on ${sw.host}:${sw.port} (Ctrl-C ends it)`)
  if (options.password === 'ClueCon' && !isLoopback(sw.host))
    say('its password is the one that everybody knows, and others can reach it: see --password')
  const { first, interrupt } = untilInterrupted()
  await Promise.race([first, sw.ended])
  if (interrupt.count > 0) say(`closing, with ${sw.channels()} channels up`)
  else say('it was shut down by a command')
  await sw.close()
  interrupt.stop()
  return EXIT.ok
}
