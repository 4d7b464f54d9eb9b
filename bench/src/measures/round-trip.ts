import { fork } from 'node:child_process'
import { connect as dial } from 'node:net'
import { connect } from '../../../dist/index.js'
import { argument, report } from '../in-process.ts'

/** A command to the embedded switch in another process and its reply, against an echo over the same loopback. */
const COMMANDS = argument(300)
const REPEATS = 7

const child = fork(new URL('./far-end.js', import.meta.url).pathname)
const { echo, port } = await new Promise<{ echo: number; port: number }>((resolve) =>
  child.once('message', (message) => resolve(message as { echo: number; port: number })),
)

const median = async (once: () => Promise<unknown>): Promise<number> => {
  const times: number[] = []
  for (let i = 0; i < COMMANDS; i++) {
    const started = performance.now()
    await once()
    times.push((performance.now() - started) * 1000)
  }
  return times.sort((a, b) => a - b)[COMMANDS >> 1] ?? NaN
}

const socket = dial({ host: '127.0.0.1', port: echo, noDelay: true })
const echoed = (): Promise<void> =>
  new Promise((resolve) => {
    socket.once('data', () => resolve())
    socket.write('api global_getvar hostname\n\n')
  })
const client = await connect({ host: '127.0.0.1', port })
const asked = (): Promise<string> => client.api('global_getvar hostname')

let loopback = Infinity
let command = Infinity
for (let i = 0; i < REPEATS; i++) {
  loopback = Math.min(loopback, await median(echoed))
  command = Math.min(command, await median(asked))
}
child.kill()
report({ loopbackUs: loopback, commandUs: command, ownUs: command - loopback })
