/** How a target is run. */
export interface FuzzOptions {
  /** How many inputs are tried. */
  readonly n: number
  /** The same seed tries the same inputs. */
  readonly seed: number
  /** The part of the target that is to be tried, such as one position of an argument; undefined for all. */
  readonly part: string | undefined
}

/** What came of it. */
export interface FuzzResult {
  readonly tried: number
  /** How many inputs show a fault of ours. */
  readonly failed: number
  /** For people: figures, and a few of the inputs that failed, as they can be tried again. */
  readonly lines: readonly string[]
}

/** Something that is tried with many random inputs. One that throws, or leaves a rejection unhandled, has failed. */
export interface FuzzTarget {
  readonly name: string
  /** What is tried, in a line. */
  readonly about: string
  /** How many inputs are tried by default. */
  readonly count: number
  run(options: FuzzOptions): Promise<FuzzResult>
}
