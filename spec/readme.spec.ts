import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const readme = readFileSync(`${root}README.md`, 'utf8')
const examples = readdirSync(`${root}examples`).filter((name) => name.endsWith('.ts'))

/** The code after each `<!-- examples/name.ts -->`. */
const shown = Array.from(
  readme.matchAll(/<!-- (examples\/[\w-]+\.ts) -->\n+```ts\n([^]*?)```/g),
  ([, file = '', code = '']) => ({ file, code }),
)

describe('the README', () => {
  test('shows programs that are in examples/, as they are there', () => {
    expect(shown.length).toBeGreaterThan(0)
    for (const { file, code } of shown) expect(code, file).toBe(readFileSync(root + file, 'utf8'))
  })

  test('gives the test command that CI runs', () => {
    expect(readme).toContain('npm ci && npm test')
    expect(readFileSync(`${root}.ci/run`, 'utf8')).toMatch(/^npm test$/m)
  })
})

describe('the examples', () => {
  test.each(examples)('%s runs to its end', async (name) => {
    const run = promisify(execFile)
    const { stdout, stderr } = await run('npx', ['tsx', `examples/${name}`], { cwd: root })
    expect(stdout).not.toBe('')
    expect(stderr.replace(/^npm warn .*\n/gm, '')).toBe('')
  })
})
