import { measuresOf, type Figure, type Measure } from '../app/measure.ts'
import { withContext } from '../app/with-context.ts'
import type { Client, ClientApp, ClientContext } from '../service/client.ts'
import { appFrom, type AppSource } from '../service/factory.ts'
import type { LoadedApp } from '../app/load.ts'
import type { DialApps } from './apps.ts'

/** What an app of a run measures. */
export interface RunMeasure {
  /** The app's; of an app that each switch has its own of, with the switch's behind it. */
  readonly name: string
  readonly measure: Measure
}

/** The measurers of a run. */
export interface Measurers {
  readonly measures: readonly RunMeasure[]
  /** Loads them on all nodes; `context` is what each `prepost` is given, too. Rejects as `Client.load`. */
  load(context: Partial<ClientContext>): Promise<void>
  unload(): Promise<void>
}

/** The calls of every app of the run are measured, but only one of the loads sets the measurer up. */
const partsOf = (app: ClientApp, ids: readonly (string | undefined)[]): [ClientApp, string | undefined][] =>
  ids.flatMap((id, i): [ClientApp, string | undefined][] => {
    if (i === 0) return [[app, id]]
    const { name, on, flow } = app
    return on || flow ? [[{ name, ...(on && { on }), ...(flow && { flow }) }, id]] : []
  })

const measuresOn = (instances: readonly ClientApp[], clients: readonly Client[]): RunMeasure[] => {
  const several = (name: string): boolean => instances.filter((app) => app.name === name).length > 1
  return instances.flatMap((app, i) => {
    const node = several(app.name) ? `@${clients[i % clients.length]?.name ?? i}` : ''
    return measuresOf(app).map(({ name, measure }) => ({ name: name + node, measure }))
  })
}

/** Makes the measurers, for the calls of all apps of the run, and finds out what those apps measure themselves. */
export const createMeasurers = (
  clients: readonly Client[],
  { all, instances }: Pick<DialApps, 'all' | 'instances'>,
  sources: readonly AppSource[],
): Measurers => {
  const loaded: LoadedApp[] = []
  const measurers = sources.map(appFrom)
  const ids = all.map((each) => each.id)
  return {
    measures: [...measuresOn(instances, clients), ...measuresOn(measurers, [])],
    async load(context) {
      for (const app of measurers)
        for (const client of clients)
          for (const [part, id] of partsOf(app, ids))
            loaded.push(await client.load(withContext(part, context), { id, measurer: true }))
    },
    async unload() {
      await Promise.all(loaded.splice(0).map((each) => each.unload()))
    },
  }
}

/** Resolves when all has been told that is measured of calls which are over. What fails of it is the app's to tell. */
export const settleMeasures = async (measures: readonly RunMeasure[]): Promise<void> => {
  await Promise.allSettled(measures.flatMap(({ measure }) => measure.settled?.() ?? []))
}

/** The figures of each, by its name. */
export const figuresOfMeasures = (
  measures: readonly RunMeasure[],
): Readonly<Record<string, Readonly<Record<string, number | null>>>> =>
  Object.fromEntries(measures.map(({ name, measure }) => [name, measure.metrics?.() ?? {}]))

/** The panels of each, by its name. */
export const panelsOfMeasures = (
  measures: readonly RunMeasure[],
): Readonly<Record<string, readonly Figure[]>> =>
  Object.fromEntries(measures.map(({ name, measure }) => [name, measure.figures ?? []]))
