/** What commands have put into the switch, and others read: texts by their names. */
export interface Stores {
  /** Global variables that were set while it ran; an empty one hides what is there by itself. */
  readonly globals: Map<string, string>
  /** `hash` and `db`: realm, key, value. */
  readonly hash: Map<string, string>
  readonly db: Map<string, Map<string, string>>
  /** Words of the console that stand for others. */
  readonly aliases: Map<string, string>
  /** Whether `${api(...)}` is carried out, and how much the console says: `fsctl`, `console`. */
  apiExpansion: boolean
  consoleLevel: number
  logLevel: number
}

export const createStores = (globals: ReadonlyMap<string, string>): Stores => ({
  globals: new Map(globals),
  hash: new Map(),
  db: new Map(),
  aliases: new Map(),
  apiExpansion: true,
  consoleLevel: 7,
  logLevel: -1,
})
