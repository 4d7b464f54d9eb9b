import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { ArgumentError, messageOf } from '../errors.ts'
import { formatOf } from '../measure/store/format.ts'
import { readBatches } from '../measure/store/read-rows.ts'
import { inTurn, type HoldTimes } from './hold.ts'
import { replayOf, type Traffic } from './traffic/traffic.ts'

const wrong = (path: string, expected: string, what: string, error?: unknown): ArgumentError =>
  new ArgumentError(`expected ${expected} in ${path}${what === '' ? '' : `, ${what}`}`, error)

const isCdrs = (path: string, head: string): boolean =>
  formatOf(path) === 'ndjson' ||
  /(^|[,"\uFEFF])call_uuid\b/.test(head) ||
  /(^|,)caller_\w+_ms(,|$)/.test(head)

/** The lines of a list: those that are not empty, with their numbers from 1 on; undefined for a file of CDRs. */
const linesOf = async (path: string): Promise<[number: number, line: string][] | undefined> => {
  const lines: [number, string][] = []
  let number = 0
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number++
    const text = line.replace(/^\uFEFF/, '').trim()
    if (lines.length === 0 && isCdrs(path, text)) return undefined
    // A column of numbers may have a name.
    if (text !== '' && !(lines.length === 0 && text === 'value')) lines.push([number, text])
  }
  return lines
}

const NUMBER = /^\d+(\.\d+)?([eE][+-]?\d+)?$/

/** The numbers of a list, one a line: every line counts, and one that is none is refused with its number. */
const numbersIn = (path: string, expected: string, lines: readonly (readonly [number, string])[]): number[] =>
  lines.map(([number, text]) => {
    if (NUMBER.test(text)) return Number(text)
    throw wrong(path, expected, `got "${text.slice(0, 60)}" on line ${number}`)
  })

/** Reads the numbers of a list, or what `read` makes of each CDR; a CDR that has nothing of it is left out. */
const readNumbers = async (
  path: string,
  expected: string,
  columns: Readonly<Record<string, 'text'>>,
  read: (row: Readonly<Record<string, string | undefined>>) => (string | undefined)[],
): Promise<{
  readonly list: boolean
  readonly rows: readonly (readonly number[])[]
  lineOf(value: number): string
}> => {
  try {
    const lines = await linesOf(path)
    if (lines) {
      const numbers = numbersIn(path, expected, lines)
      const lineOf = (value: number): string => ` on line ${lines[numbers.indexOf(value)]?.[0] ?? 0}`
      return { list: true, rows: numbers.map((number) => [number]), lineOf }
    }
    const rows: number[][] = []
    let number = 1
    const [required = ''] = Object.keys(columns)
    for await (const batch of readBatches(path, columns, required))
      for (const row of batch) {
        number++
        const texts = read(row)
        if (texts.some((text) => text === undefined)) continue
        const bad = texts.find((text) => !NUMBER.test(text ?? ''))
        if (bad !== undefined) throw wrong(path, expected, `got "${bad.slice(0, 60)}" in row ${number}`)
        rows.push(texts.map(Number))
      }
    return { list: false, rows, lineOf: () => '' }
  } catch (error) {
    throw error instanceof ArgumentError ? error : wrong(path, expected, messageOf(error), error)
  }
}

/** What a time since the epoch is in seconds, and in microseconds: from 1973 to 5138 either way. */
const [SECONDS_FROM, SECONDS_TO, MICROSECONDS_FROM] = [1e8, 1e11, 1e14]

/** Milliseconds since the epoch, or from the start of the load; what is plainly of another unit is not read as that. */
const requireMilliseconds = (path: string, expected: string, first: number, where: string): void => {
  const unit =
    first >= MICROSECONDS_FROM ? 'microseconds' : first >= SECONDS_FROM && first < SECONDS_TO ? 'seconds' : ''
  if (unit !== '')
    throw wrong(path, expected, `got ${first}${where}, which looks like ${unit} since the epoch`)
}

/**
 * The arrivals of a load that was recorded: a CDR file of ours, or milliseconds, one a line, in any order. The first comes
 * at once. Rejects with ArgumentError (BAD_ARGUMENT) for times in seconds or microseconds, and with its number for a line that is
 * no number.
 */
export const recordedArrivals = async (path: string): Promise<Traffic> => {
  const expected = 'the times of calls, in milliseconds one a line, or CDRs with caller_req_originate_ms'
  const { rows, lineOf } = await readNumbers(
    path,
    expected,
    { caller_req_originate_ms: 'text' },
    ({ caller_req_originate_ms: at }) => [at],
  )
  const sorted = rows.map(([time = 0]) => time).sort((a, b) => a - b)
  const [first] = sorted
  if (first === undefined) throw wrong(path, expected, 'got none')
  requireMilliseconds(path, expected, first, lineOf(first))
  return replayOf(sorted.map((time) => time - first))
}

/**
 * The hold times of calls that were recorded, in turn: a CDR file of ours (from the answer to the hangup; calls whose clock went
 * back meanwhile are left out), or milliseconds, one a line. Rejects with ArgumentError (BAD_ARGUMENT).
 */
export const recordedHolds = async (path: string): Promise<HoldTimes> => {
  const expected =
    'hold times, in milliseconds one a line, or CDRs with caller_answer_ms and caller_hangup_ms'
  const { list, rows } = await readNumbers(
    path,
    expected,
    { caller_answer_ms: 'text', caller_hangup_ms: 'text' },
    ({ caller_answer_ms: answer, caller_hangup_ms: hangup }) => [answer, hangup],
  )
  const holds = list ? rows.map(([ms = 0]) => ms) : rows.map(([from = 0, to = 0]) => to - from)
  const known = holds.filter((ms) => ms >= 0)
  if (known.length === 0) throw wrong(path, expected, 'got none')
  return inTurn(known)
}
