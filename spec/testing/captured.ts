import { readFileSync } from 'node:fs'
import { createEvent } from '../../lib/esl/event.ts'
import { createFrameDecoder } from '../../lib/esl/frames.ts'
import type { RecordedLine, Recording } from '../../lib/testing/recording.ts'

/** The events of a real switch, as a recording. */
export const captured = (scenario: string): Recording & { readonly bytes: number } => {
  const raw = readFileSync(new URL(`../fixtures/captures/${scenario}/conn-1.s2c.raw`, import.meta.url))
  const lines: RecordedLine[] = []
  createFrameDecoder({
    event: (text, format) =>
      lines.push({ t: lines.length, event: { ...createEvent(text, format).toJSON() } }),
    frame: () => undefined,
  }).push(raw)
  return { node: 'vm:8021', start: 1_795_384_437_000, passive: true, lines, bytes: raw.length }
}
