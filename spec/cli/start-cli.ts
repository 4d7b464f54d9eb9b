import { spawn, type ChildProcess } from 'node:child_process'
import { SWITCHIX } from '../built.ts'

const root = new URL('../..', import.meta.url).pathname
const running = new Set<ChildProcess>()

/** Ends those that a spec has left. */
export const killStarted = (): void => {
  for (const child of running) child.kill('SIGKILL')
}

/** A `switchix` that goes on until it is told to end. */
export interface Started {
  /** Resolves with the match once it has said this, after what was waited for before. */
  said(what: RegExp): Promise<RegExpExecArray>
  signal(name: NodeJS.Signals): void
  readonly code: Promise<number | null>
  readonly output: () => string
  readonly pid: number | undefined
}

export const startCli = (...args: string[]): Started => {
  const child = spawn(process.execPath, [SWITCHIX, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  void code.then(() => running.delete(child))
  let output = ''
  let from = 0
  let look: () => void = () => undefined
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      look()
    })
  const said = (what: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      look = () => {
        const match = what.exec(output.slice(from))
        if (!match) return
        from += match.index + match[0].length
        resolve(match)
      }
      look()
      void code.then((exit) => reject(new Error(`ended with ${exit} before it said ${what}:\n${output}`)))
    })
  return { said, signal: (name) => child.kill(name), code, output: () => output, pid: child.pid }
}

/** A `switchix serve`. */
export const serving = (...args: string[]): Started => startCli('serve', ...args)

/** A `switchix sim` on a free port, once it listens. */
export const startSim = async (...args: string[]): Promise<Started & { readonly port: number }> => {
  const sim = startCli('sim', '--port', '0', ...args)
  const [, port] = await sim.said(/listens on 127\.0\.0\.1:(\d+)/)
  return { ...sim, port: Number(port) }
}
