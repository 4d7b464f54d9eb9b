import { encodeOriginate } from '../esl/originate.ts'
import { closeAll } from '../flow/close-all.ts'
import { systemClock, type Clock } from '../clock.ts'
import { createDialApps, type DialApps } from './apps.ts'
import { parseCallOptions, type CallOptions } from './destination/call-options.ts'
import { readFields, type FieldReader } from './destination/field-source.ts'
import { meanHold } from './hold.ts'
import { createMeasurers, type RunMeasure } from './measurers.ts'
import { openNodes, type DialNode } from './nodes/dial-nodes.ts'
import { createNodeLoad, type NodeLoad } from './nodes/node-load.ts'
import { careForSwitches, type Demand, type SwitchCare } from './nodes/switch-care.ts'
import type { DialTarget } from './nodes/dial-nodes.ts'
import { createRandom, newSeed } from './random.ts'
import { requireOptions, trafficOf, type OriginatorOptions } from './options.ts'
import type { ClientContext } from '../service/client.ts'
import { shareCalls } from '../service/share-calls.ts'
import { createTokens } from '../service/tokens.ts'
import { createUuids } from '../service/uuids.ts'
import { createTimetable, type Timetable } from './traffic/timetable.ts'
import type { Traffic } from './traffic/traffic.ts'

/** All that a run needs, in place. */
export interface Prepared {
  readonly nodes: readonly DialNode[]
  readonly loads: readonly NodeLoad[]
  readonly apps: DialApps
  readonly fields: FieldReader | undefined
  readonly traffic: Traffic
  readonly timetable: Timetable
  readonly seed: number
  readonly clock: Clock
  /** Uuids for its calls; in virtual time those of the seed. */
  readonly newUuid: () => string
  readonly care: SwitchCare
  /** What its apps and its measurers measure. */
  readonly measures: readonly RunMeasure[]
  /** The variable that the calls of this run alone carry, on both of their ends: its name and value. */
  readonly mark: readonly [name: string, value: string]
  /** Loads the apps and measurers of the run, which are given `context`. Rejects as `Client.load` does; then close. */
  load(context: Partial<ClientContext>): Promise<void>
  /** Puts the switches' limits back, unloads what was loaded, and closes what was opened. */
  close(): Promise<void>
}

/** The SIP header that says which run a call belongs to, as a variable. */
const RUN_VARIABLE = 'sip_h_X-Switchix-Run'

/** What is asked for beside the calls themselves. */
const callOptionsOf = (options: OriginatorOptions): CallOptions => {
  const { profile, gateway, proxy, codec, headers, vars, callerIdName, callerIdNumber } = options
  const { execute, executeArg, extension, dialplan, context, timeout, expand } = options
  return {
    profile,
    gateway,
    proxy,
    codec,
    headers,
    callerIdName,
    callerIdNumber,
    execute,
    executeArg,
    extension,
    dialplan,
    context,
    timeout,
    expand,
    vars,
  }
}

const demandOf = (options: OriginatorOptions, traffic: Traffic, scale: number): Demand => {
  const rate = traffic.rates ? traffic.rates.peak : scale
  const { limit = Infinity, duration } = options
  const hold = meanHold({ rate, limit, duration })
  // Erlang: A = λ·h. Calls that are held for ever come to the limit.
  const erlangs = hold > 0 ? (rate * hold) / 1000 : Infinity
  return { rate, calls: Math.min(limit, erlangs) }
}

/** Draws the first fields and fills a call with them: what is missing, or makes no command, is found out before the run. */
const tryFields = async (fields: FieldReader | undefined, loads: readonly NodeLoad[]): Promise<void> => {
  const first = fields ? await fields.peek() : {}
  if (!first) return
  for (const { callFor } of loads) {
    const { dest, options } = callFor(first)
    encodeOriginate({ ...options, dest })
  }
}

/** Connects, reads the limits, makes the apps. All of it, or nothing stays. Rejects as `createOriginator` does. */
export const prepare = async (
  targets: readonly DialTarget[],
  options: OriginatorOptions,
): Promise<Prepared> => {
  requireOptions(options)
  const [traffic, scale] = trafficOf(options)
  const seed = options.seed ?? newSeed()
  const timetable = createTimetable(traffic, createRandom(seed, 'arrivals'), scale)
  // The first arrival, too, may be one that cannot be had.
  await timetable.next()
  const closers: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    await closeAll(closers.splice(0).reverse())
  }
  try {
    const opened = await openNodes(targets, options, seed)
    closers.push(() => opened.close())
    const { nodes } = opened
    const clock = options.clock ?? nodes[0]?.client.clock ?? systemClock
    // In the real world another controller may have the same seed.
    const newUuid = createUuids(clock.virtual === true ? seed : undefined, 'calls')
    const newToken = createTokens(clock, seed, newUuid)
    shareCalls(nodes.map(({ client }) => client))
    const apps = createDialApps(
      nodes.map(({ client }) => client),
      options,
      newToken,
    )
    closers.push(() => apps.unload())
    const measurers = createMeasurers(
      nodes.map(({ client }) => client),
      apps,
      options.measurers ?? [],
    )
    closers.push(() => measurers.unload())
    const mark = [RUN_VARIABLE, newToken()] as const
    const fields = options.fields === undefined ? undefined : readFields(options.fields)
    // Calls of an app that was loaded for this run are known by it; others are marked.
    const marked = apps.all.every(({ own }) => own) ? {} : { [mark[0]]: mark[1] }
    const call = callOptionsOf(options)
    const callOptions: CallOptions = { ...call, vars: { ...marked, ...call.vars } }
    const loads = nodes.map((node) =>
      createNodeLoad(
        node,
        parseCallOptions(node.dest, callOptions, fields !== undefined),
        options.jobs ?? 1000,
      ),
    )
    await tryFields(fields, loads)
    const care = await careForSwitches(nodes, demandOf(options, traffic, scale), options.raiseLimits ?? false)
    closers.push(() => care.restore())
    const { measures } = measurers
    return {
      nodes,
      loads,
      apps,
      fields,
      traffic,
      timetable,
      seed,
      clock,
      newUuid,
      care,
      measures,
      mark,
      async load(context) {
        await apps.load(context)
        await measurers.load(context)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
