import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createFrameReader, type TimedBytes, type WireFrame } from './frames.ts'

/** One recorded connection. `outbound` where the switch was the one that connected. */
export interface RecordedConnection {
  readonly name: string
  readonly outbound: boolean
  readonly openedAt: number
  /** When the client's side said that nothing more comes, if it was the first to. */
  readonly clientEndedAt: number | undefined
  readonly fromClient: readonly TimedBytes[]
  readonly frames: readonly WireFrame[]
}

export interface Scenario {
  readonly name: string
  readonly folder: string
  readonly connections: readonly RecordedConnection[]
  readonly startedAt: number
}

interface Line {
  readonly t: number
  readonly dir: string
  readonly off?: number
  readonly len?: number
  readonly what?: string
}

/** A file of a recording, as it is or compressed; undefined where there is none. */
const readPart = (path: string): Buffer | undefined => {
  if (existsSync(path)) return readFileSync(path)
  return existsSync(`${path}.gz`) ? gunzipSync(readFileSync(`${path}.gz`)) : undefined
}

const pieces = (lines: readonly Line[], direction: string, bytes: Buffer): TimedBytes[] =>
  lines
    .filter(({ dir }) => dir === direction)
    .map(({ t, off = 0, len = 0 }) => ({ at: t * 1000, bytes: bytes.subarray(off, off + len) }))

const readConnection = (folder: string, name: string): RecordedConnection => {
  const outbound = name.startsWith('conn-out-')
  const [fromSwitch, fromClient] = outbound ? ['c2s', 's2c'] : ['s2c', 'c2s']
  const lines = (readPart(join(folder, `${name}.chunks.jsonl`)) ?? Buffer.alloc(0))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
  const bytesOf = (side: string): Buffer => readPart(join(folder, `${name}.${side}.raw`)) ?? Buffer.alloc(0)
  const reader = createFrameReader()
  for (const piece of pieces(lines, fromSwitch, bytesOf(fromSwitch))) reader.push(piece)
  const when = (what: string): number | undefined => {
    const line = lines.find((one) => one.dir === 'ev' && one.what === what)
    return line && line.t * 1000
  }
  const ended = when(`${fromClient}-fin`)
  const other = when(`${fromSwitch}-fin`)
  return {
    name,
    outbound,
    openedAt: when('accept') ?? (lines[0]?.t ?? 0) * 1000,
    clientEndedAt: ended !== undefined && (other === undefined || ended <= other) ? ended : undefined,
    fromClient: pieces(lines, fromClient, bytesOf(fromClient)),
    frames: reader.frames,
  }
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .map((file) => /^(conn-(?:out-)?\d+)\.chunks\.jsonl(?:\.gz)?$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))

/** Reads the recording of one scenario. */
export const readScenario = (folder: string): Scenario => {
  const connections = namesIn(folder).map((name) => readConnection(folder, name))
  return {
    name: basename(folder),
    folder,
    connections,
    startedAt: Math.min(...connections.map(({ openedAt }) => openedAt)),
  }
}

/** The folders under one that hold a recording; the folder itself, when it is one. */
export const scenarioFolders = (folder: string): string[] => {
  if (namesIn(folder).length > 0) return [folder]
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && namesIn(join(folder, entry.name)).length > 0)
    .map((entry) => join(folder, entry.name))
    .sort()
}
