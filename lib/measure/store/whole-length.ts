import { createReadStream } from 'node:fs'
import type { Format } from './format.ts'

const QUOTE = 0x22
const LINE_END = 0x0a

/**
 * How many bytes at the beginning of a file are whole rows: a process that was killed while it wrote may have left a part
 * of a row behind them. A line end inside quotes ends no row of CSV.
 */
export const wholeLength = async (path: string, format: Format): Promise<number> => {
  let [whole, at, quoted] = [0, 0, false]
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer
    if (format === 'csv' && (quoted || bytes.includes(QUOTE)))
      for (let i = 0; i < bytes.length; i++) {
        if (bytes[i] === QUOTE) quoted = !quoted
        else if (bytes[i] === LINE_END && !quoted) whole = at + i + 1
      }
    else {
      const last = bytes.lastIndexOf(LINE_END)
      if (last >= 0) whole = at + last + 1
    }
    at += bytes.length
  }
  return whole
}
