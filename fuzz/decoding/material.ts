import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FIXTURES = new URL('../../spec/fixtures/captures', import.meta.url).pathname

/** The frames of the recordings of a FreeSWITCH, head and body. */
export const recordedFrames = (): Buffer[] => {
  const frames: Buffer[] = []
  for (const name of readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('s2c.raw')) continue
    const bytes = readFileSync(join(FIXTURES, name))
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf('\n\n', at)
      if (end < 0) break
      const length = /content-length: (\d+)/i.exec(bytes.toString('latin1', at, end))?.[1]
      const next = end + 2 + Number(length ?? 0)
      frames.push(bytes.subarray(at, next))
      at = next
    }
  }
  return frames
}
