import debug from 'debug'
import { callGuarded } from '../flow/call-guarded.ts'

const log = debug('switchix:app')

/** What a column of a store holds. */
export type Kind = 'text' | 'number'

/** The columns of a store, in their order. */
export type Kinds = Readonly<Record<string, Kind>>

/** A row of such a store; undefined where there is nothing to say. */
export type RowOf<K extends Kinds> = {
  readonly [N in keyof K]: (K[N] extends 'number' ? number : string) | undefined
}

/** A row of any store. */
export type Row = Readonly<Record<string, string | number | undefined>>

/** A panel of a report: columns of the store over time. */
export interface Figure {
  readonly title: string
  /** What is on the value axis: `%`, `ms`, `calls`. */
  readonly unit: string
  /** The column that holds the time, in ms since the epoch. */
  readonly time: string
  /** The columns that are drawn. */
  readonly series: readonly string[]
  /** A column whose values each get lines of their own, such as the node. */
  readonly by?: string
}

/** What an app measures: whoever runs it keeps its rows in a store of their own, beside the CDRs. */
export interface Measure {
  /** The columns of the store. */
  readonly fields: Kinds
  /** Figures of the whole run for its summary, by name; null where nothing was measured. Asked for at any time. */
  metrics?(): Readonly<Record<string, number | null>>
  /** Panels for reports. */
  readonly figures?: readonly Figure[]
  /** Resolves when what is still looked at of calls that are over has been told. A run waits for it before its summary. */
  settled?(): Promise<void>
  /** Of composed apps: what each measures, to be kept in a store by its name. */
  readonly parts?: readonly NamedMeasure[]
  /** Has `listener` told of each row from now on; gives what ends that. */
  onRow(listener: (row: Row) => void): () => void
}

/** A measure by the name of the app that it is of. */
export interface NamedMeasure {
  readonly name: string
  readonly measure: Measure
}

/** All that an app measures, by name. */
export const measuresOf = ({
  name,
  measure,
}: {
  readonly name: string
  readonly measure?: Measure
}): readonly NamedMeasure[] => (measure ? (measure.parts ?? [{ name, measure }]) : [])

/** Several measures as one, which has the rows of all; whoever keeps them goes by its parts. */
export const joinMeasures = (parts: readonly NamedMeasure[]): Measure => {
  const all = parts.map(({ measure }) => measure)
  return {
    parts,
    fields: Object.assign({}, ...all.map(({ fields }) => fields)) as Kinds,
    figures: all.flatMap(({ figures = [] }) => figures),
    metrics: () =>
      Object.assign({}, ...all.map(({ metrics }) => metrics?.())) as Record<string, number | null>,
    async settled() {
      await Promise.all(all.flatMap(({ settled }) => settled?.() ?? []))
    },
    onRow(listener) {
      const stops = all.map(({ onRow }) => onRow(listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

/** An app's end of its measure: what it tells its rows to. */
export interface MeasureSource<R> {
  readonly measure: Measure
  append(row: R): void
}

/** A measure with these columns, for an app to give as `measure`, and `append` for its rows. */
export const createMeasure = <K extends Kinds>(
  fields: K,
  more: Pick<Measure, 'metrics' | 'figures' | 'settled'> = {},
): MeasureSource<RowOf<K>> => {
  const listeners = new Set<(row: Row) => void>()
  return {
    measure: {
      fields,
      ...more,
      onRow(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    append(row) {
      for (const listener of listeners)
        callGuarded(
          () => listener(row),
          (error) => log('a listener to rows of a measure failed: %O', error),
        )
    },
  }
}
