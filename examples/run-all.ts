// Runs every example, one after the other, and says which of them failed. Each has 20 seconds.
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'

const LIMIT = 20_000
const here = import.meta.dirname

interface Outcome {
  readonly error: Error | null
  readonly output: string
  readonly ms: number
}

const run = (name: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const start = performance.now()
    const command = ['--import', 'tsx', `${here}/${name}`]
    execFile(process.execPath, command, { timeout: LIMIT }, (error, stdout, stderr) => {
      resolve({ error, output: stdout + stderr, ms: performance.now() - start })
    })
  })

const names = (await readdir(here)).filter((name) => name.endsWith('.ts') && name !== 'run-all.ts').sort()
const failed: string[] = []
for (const name of names) {
  const { error, output, ms } = await run(name)
  console.log(
    '%s %s (%d ms)\n%s',
    error ? 'FAILED' : 'ok',
    name,
    Math.round(ms),
    output.replace(/^(?=.)/gm, '    '),
  )
  if (error) failed.push(name)
}
console.log(failed.length === 0 ? `all ${names.length} ran` : `failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
