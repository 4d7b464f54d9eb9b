import { spawnSync } from 'node:child_process'
import { argument, report } from '../in-process.ts'

/** How long `switchix --help` takes, against a Node that does nothing. The least of several, by turns. */
const REPEATS = argument(15)
const cli = new URL('../../../dist/cli/main.js', import.meta.url).pathname

const ms = (...args: string[]): number => {
  const started = performance.now()
  const { status } = spawnSync(process.execPath, args)
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`)
  return performance.now() - started
}

let node = Infinity
let help = Infinity
for (let i = 0; i < REPEATS; i++) {
  node = Math.min(node, ms('-e', '0'))
  help = Math.min(help, ms(cli, '--help'))
}
report({ nodeMs: node, helpMs: help, ratio: help / node })
