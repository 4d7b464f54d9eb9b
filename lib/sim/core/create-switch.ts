import type { Clock } from '../../clock.ts'
import type { Config } from './config.ts'
import { encode } from '../events/encode.ts'
import { noConferences } from '../conference/conference.ts'
import { createRandom, newSeed } from './random.ts'
import { createStores } from './stores.ts'
import type { Limits, Switch } from './switch.ts'

/** A switch with nothing going on in it yet. */
export const createSwitch = (config: Config, limits: Limits, clock: Clock, seed = newSeed()): Switch => {
  const random = createRandom(seed, 'ids')
  const coreUuid = random.uuid()
  const hostname = encode(config.hostname)
  const address = config.profiles[0]?.host ?? '127.0.0.1'
  return {
    clock,
    random,
    partyRandom: createRandom(seed, 'parties'),
    config,
    coreUuid,
    whoText:
      `\nCore-UUID: ${coreUuid}\nFreeSWITCH-Hostname: ${hostname}\nFreeSWITCH-Switchname: ${hostname}` +
      `\nFreeSWITCH-IPv4: ${encode(address)}\nFreeSWITCH-IPv6: ${encode('::1')}`,
    startedAt: Math.round(clock.now() * 1000),
    channels: new Map(),
    listeners: new Set(),
    wanting: new Map(),
    tasks: new Map(),
    scheduler: { lookedAt: clock.now(), next: undefined },
    timers: new Set(),
    conferences: noConferences(),
    counters: {
      sessions: 0,
      jobs: 0,
      tasks: 0,
      peak: 0,
      rate: 0,
      ratePeak: 0,
      rateSecond: 0,
      rateLast: 0,
    },
    limits: { ...limits, paused: { ...limits.paused } },
    stores: createStores(config.globals),
    logLevel: -1,
    sequence: 0,
    moment: { at: -1, text: '', second: -1, date: '' },
    verbose: false,
    shutdownRequested: false,
    stop: () => undefined,
    closed: false,
  }
}
