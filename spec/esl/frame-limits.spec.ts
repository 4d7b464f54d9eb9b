import { describe, expect, it } from 'vitest'
import { createFrameDecoder } from '../../lib/esl/frames.ts'
import { runNode } from '../run-node.ts'

const root = new URL('../..', import.meta.url).href
const ignore = { event: () => undefined, frame: () => undefined }
const PROTOCOL = expect.objectContaining({ code: 'PROTOCOL' }) as Error

const push = (text: string, maxFrameBytes?: number) => () =>
  createFrameDecoder(ignore, maxFrameBytes).push(Buffer.from(text, 'latin1'))

const plain = (length: number | string): string =>
  `Content-Length: ${length}\nContent-Type: text/event-plain\n\nEvent`

describe('a frame that is too large to be waited for', () => {
  it('is a ProtocolError as soon as its head has come: the bytes may never come', () => {
    expect(push(plain(999_999_999))).toThrow(PROTOCOL)
    expect(push(plain('9'.repeat(400)))).toThrow(PROTOCOL)
    expect(push('Content-Type: api/response\nContent-Length: 100000000\n\n')).toThrow(PROTOCOL)
  })

  it('is one above maxFrameBytes, which can be set', () => {
    expect(push(plain(1001), 1000)).toThrow(/1000 bytes at most \(maxFrameBytes\), got one of 1001/)
    expect(push(plain(1000), 1000)).not.toThrow()
    expect(() => createFrameDecoder(ignore, 4).pushText(plain(5))).toThrow(PROTOCOL)
    expect(push(plain(30_000_000))).not.toThrow()
  })

  it('has one length: two that differ leave it open where the next frame begins', () => {
    expect(push('Content-Length: 5\nContent-Length: 50\nContent-Type: text/event-plain\n\n')).toThrow(
      PROTOCOL,
    )
    expect(push('Content-Length: 5\nContent-Length: 5\nContent-Type: text/event-plain\n\n')).not.toThrow()
  })
})

describe('the index of headers', () => {
  it('keeps no text of an event alive', async () => {
    const program = `
      import { createPump } from '${root}dist/link/pump.js'
      const pump = createPump({ event: (event) => void event.forEach(() => undefined), frame: () => true, broken: (error) => { throw error } })
      globalThis.gc()
      const before = process.memoryUsage().heapUsed
      for (let i = 0; i < 2000; i++) {
        const body = 'Event-Name: X\\nvariable_of_event_' + i + ': a value that stays ' + i + '\\n\\n' + 'x'.repeat(50000)
        pump.data(Buffer.from('Content-Length: ' + body.length + '\\nContent-Type: text/event-plain\\n\\n' + body))
      }
      globalThis.gc()
      console.log(process.memoryUsage().heapUsed - before)`
    const { stdout } = await runNode(['--expose-gc', '--input-type=module', '-e', program])
    // 2000 texts are 100 MB.
    expect(Number(stdout)).toBeLessThan(10e6)
  })
})
