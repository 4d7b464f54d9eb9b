import { readFileSync } from 'node:fs'
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runNode } from '../run-node.ts'
import { runCli } from '../cli/run-cli.ts'

const root = new URL('../..', import.meta.url).pathname
const guide = readFileSync(`${root}docs/test-your-call-flow.md`, 'utf8')

/** The code after each `<!-- name.ts -->`, by its name. */
const files = new Map(
  Array.from(
    guide.matchAll(/<!-- ([\w.-]+\.ts) -->\n+( *)```ts\n([^]*?)\n *```/g),
    ([, name = '', indent = '', code = '']) => [
      name,
      code.replace(new RegExp(`^${indent}`, 'gm'), '') + '\n',
    ],
  ),
)

let dir = ''

/** Somebody's project, with switchix from its sources. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-guide-'))
  await mkdir(join(dir, 'node_modules'))
  await symlink(join(root, 'node_modules/vitest'), join(dir, 'node_modules/vitest'))
  await writeFile(join(dir, 'package.json'), '{ "type": "module" }')
  await writeFile(
    join(dir, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        paths: { switchix: [`${root}lib/index.ts`], 'switchix/testing': [`${root}lib/testing/index.ts`] },
      },
    }),
  )
  for (const [name, code] of files) await writeFile(join(dir, name), code)
  const args = [
    'record',
    'sim',
    '--out',
    join(dir, 'welcome.jsonl'),
    '--app',
    `${join(dir, 'dialplan.ts')}:welcome`,
  ]
  expect(await runCli(args)).toMatchObject({ code: 0, stderr: '' })
})
afterAll(() => rm(dir, { recursive: true }))

describe('the guide', () => {
  test('goes from a recording to a green test in ten lines', () => {
    expect([...files.keys()]).toEqual([
      'dialplan.ts',
      'welcome.vitest.ts',
      'welcome.test.ts',
      'menu.test.ts',
      'phone.test.ts',
    ])
    for (const name of ['welcome.vitest.ts', 'welcome.test.ts'])
      expect(files.get(name)?.trimEnd().split('\n').length, name).toBeLessThanOrEqual(10)
  })

  test('shows tests of node:test that pass', async () => {
    const args = [
      '--import',
      join(root, 'node_modules/tsx/dist/esm/index.mjs'),
      '--test',
      'welcome.test.ts',
      'menu.test.ts',
      'phone.test.ts',
    ]
    const { stdout } = await runNode(args, { cwd: dir })
    expect(stdout).toMatch(/pass 4\b[^]*fail 0\b/)
  })

  test('shows a test of vitest that passes', async () => {
    const config = `export default { root: ${JSON.stringify(dir)}, resolve: { alias: { 'switchix/testing': '${root}lib/testing/index.ts', switchix: '${root}lib/index.ts' } }, test: { include: ['*.vitest.ts'] } }`
    await writeFile(join(dir, 'vitest.config.mjs'), config)
    const args = [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      join(dir, 'vitest.config.mjs'),
    ]
    const { stdout } = await runNode(args, {
      cwd: dir,
      env: { ...process.env, NO_COLOR: '1' },
    })
    expect(stdout).toMatch(/Tests +1 passed/)
  })

  test('replays from the shell', async () => {
    const args = ['replay', join(dir, 'welcome.jsonl'), '--app', `${join(dir, 'dialplan.ts')}:welcome`]
    expect(await runCli(args)).toMatchObject({ code: 0 })
  })

  test('is linked from the README', () => {
    expect(readFileSync(`${root}README.md`, 'utf8')).toContain('docs/test-your-call-flow.md')
  })
})
