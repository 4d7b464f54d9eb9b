import type { App, HandleFunctions, OnFunctions } from './app.ts'
import { joinTables, listOf } from './functions.ts'
import { joinMeasures, measuresOf } from './measure.ts'
import { setUp, type TearDown } from './prepost.ts'

const undo = async (tearDowns: readonly TearDown[]): Promise<void> => {
  for (const tearDown of [...tearDowns].reverse()) await tearDown()
}

/** Sets the apps up in their order and takes them down in the reverse one, also where one in the middle fails. */
async function* prepostOf<C>(apps: readonly App<C>[], context: C): AsyncGenerator<undefined, void> {
  const tearDowns: TearDown[] = []
  try {
    for (const app of apps) tearDowns.push(await setUp(() => app.prepost?.(context)))
  } catch (error) {
    await undo(tearDowns)
    throw error
  }
  yield undefined
  await undo(tearDowns)
}

/** What the first app that says so wants done about a failure holds for all of them. */
const inheritOnFailure = <C>(apps: readonly App<C>[]): Pick<App, 'onFailure'> => {
  const onFailure = apps.find((app) => app.onFailure !== undefined)?.onFailure
  return onFailure === undefined ? {} : { onFailure }
}

/** What they measure: of one app as it is, of several each under its own name. */
const keepMeasures = <C>(apps: readonly App<C>[]): Pick<App, 'measure'> => {
  const measures = [...new Map(apps.flatMap(measuresOf).map((each) => [each.measure, each])).values()]
  const [only] = measures
  if (!only) return {}
  return { measure: measures.length === 1 ? only.measure : joinMeasures(measures) }
}

/**
 * One app out of several: on each event the functions of all of them are called, in the order given, each with its own
 * view of the session.
 */
export const compose = <C>(...apps: readonly App<C>[]): App<C> => ({
  name: apps.map(({ name }) => name).join('+'),
  on: joinTables<OnFunctions>(apps.map(({ on }) => on)),
  handle: joinTables<HandleFunctions>(apps.map(({ handle }) => handle)),
  flow: apps.flatMap(({ flow }) => listOf(flow)),
  subscribe: [...new Set(apps.flatMap(({ subscribe = [] }) => subscribe))],
  prepost: (context) => prepostOf(apps, context),
  ...inheritOnFailure(apps),
  ...keepMeasures(apps),
  settings(settings) {
    for (const app of apps) app.settings?.(settings)
  },
})
