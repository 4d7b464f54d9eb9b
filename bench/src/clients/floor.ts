import { connect } from 'node:net'
import { createMeter, task } from '../measured.ts'

/** Reads the socket and finds the frames; looks at nothing in them. The least that any client has to do. */
const meter = createMeter(task())
const buffer = Buffer.allocUnsafe(64 << 10)
let carry: Buffer = Buffer.alloc(0)
let left = 0

const frames = (bytes: Buffer): number => {
  let at = 0
  for (;;) {
    if (left > 0) {
      const have = Math.min(left, bytes.length - at)
      left -= have
      at += have
      if (left > 0) return at
      meter.event()
    }
    const end = bytes.indexOf('\n\n', at)
    if (end < 0) return at
    const length = bytes.indexOf('Content-Length: ', at)
    left =
      length >= 0 && length < end
        ? Number(bytes.toString('latin1', length + 16, bytes.indexOf(10, length)))
        : 0
    at = end + 2
  }
}

const socket = connect({
  port: task().port,
  host: '127.0.0.1',
  onread: {
    buffer,
    callback(size) {
      const bytes =
        carry.length > 0 ? Buffer.concat([carry, buffer.subarray(0, size)]) : buffer.subarray(0, size)
      const done = frames(bytes)
      carry = done < bytes.length ? Buffer.from(bytes.subarray(done)) : Buffer.alloc(0)
      return true
    },
  },
})
socket.write('auth ClueCon\n\nevent plain ALL\n\nnoevents\n\n', () => meter.start())
