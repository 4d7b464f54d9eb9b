import { once } from 'node:events'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { basename, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { beginOf, headsLike } from '../store/heads.ts'
import { readLines } from '../store/lines.ts'

/** Whether there is a head behind the first line: this is read a million rows a second, and is seldom so. */
const hasMoreHeads = async (path: string, begin: string): Promise<boolean> => {
  const wanted = Buffer.from(`\n${begin}`)
  const marked = Buffer.from(`\n\uFEFF${begin}`)
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.concat([rest, chunk as Buffer])
    if (bytes.includes(wanted) || bytes.includes(marked)) return true
    rest = bytes.subarray(-marked.length)
  }
  return false
}

/**
 * Returns the files that a CSV file is made of: itself; or, where several were put together (`cat a.csv b.csv`), a copy of each of them in
 * the folder `scratch`.
 */
export const splitAtHeads = async (path: string, head: string, scratch: string): Promise<string[]> => {
  const begin = beginOf(head)
  if (begin === '' || !(await hasMoreHeads(path, begin))) return [path]
  const heads = headsLike(head)
  const parts: string[] = []
  let out: WriteStream | undefined
  const next = async (): Promise<WriteStream> => {
    if (out) await finished(out.end())
    const part = join(scratch, `${parts.length}.${basename(path)}`)
    parts.push(part)
    return createWriteStream(part)
  }
  for await (const { lines } of readLines(path, true))
    for (const line of lines) {
      const kind = heads.kindOf(line)
      if (kind === 'torn') continue
      if (kind === 'head' || !out) out = await next()
      if (!out.write(`${line}\n`)) await once(out, 'drain')
    }
  if (out) await finished(out.end())
  return parts
}
