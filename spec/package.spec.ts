import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runNode, runProcess } from './run-node.ts'

const root = new URL('..', import.meta.url).pathname

/** What somebody writes who installed the package. */
const CONSUMER = `
import { connect, createOriginator, isEvent, type App, type ClientApp, type Session } from 'switchix'
import { tonePlay } from 'switchix/apps'
import { simulate, virtualClock } from 'switchix/testing'

const app: ClientApp = {
  name: 'Consumer',
  on: {
    async DTMF(sess, event) {
      const digit: string = event.get('DTMF-Digit')
      const answer = await sess.recv('CHANNEL_ANSWER', { timeout: 1000 })
      console.log(digit, answer.name, sess.peer?.uuid)
    },
    'mod_bert::in_sync': (sess) => sess.log('in sync'),
  },
}
// @ts-expect-error there is no such event
const typo: App = { name: 'Typo', on: { CHANNEL_ANSWERED: () => undefined } }
export const wait = (sess: Session) =>
  // @ts-expect-error there is no such event
  sess.recv('CHANNEL_ANSWERED')

const sw = await simulate()
const client = await connect(sw)
await client.load(app)
await client.load(tonePlay(), { id: 'tone' })
const sess = await client.originate('park@127.0.0.1:5080', { app: 'tone' })
console.log(sess.answered, typo.name, virtualClock().now() > 0, typeof createOriginator, typeof isEvent)
await client.close()
await sw.close()
`

let home = ''

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'switchix-consumer-'))
  const installed = join(home, 'node_modules/switchix')
  await mkdir(installed, { recursive: true })
  await cp(join(root, 'dist'), join(installed, 'dist'), { recursive: true })
  await cp(join(root, 'package.json'), join(installed, 'package.json'))
  await symlink(join(root, 'node_modules'), join(installed, 'node_modules'))
  await symlink(join(root, 'node_modules/@types'), join(home, 'node_modules/@types'))
  await writeFile(join(home, 'package.json'), '{ "type": "module" }')
  await writeFile(join(home, 'consumer.ts'), CONSUMER)
  const compilerOptions = {
    target: 'ES2022',
    module: 'NodeNext',
    strict: true,
    // The declarations themselves are checked, too.
    skipLibCheck: false,
    lib: ['ES2023', 'ESNext.Disposable'],
    types: ['node'],
    outDir: 'out',
  }
  await writeFile(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
})

afterAll(() => rm(home, { recursive: true, force: true }))

describe('the package', () => {
  test('has types that a strict consumer compiles with, and that refuse a misspelt event', async () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { code, stdout } = await runProcess(process.execPath, [tsc, '-p', home])
    expect([code, stdout]).toEqual([0, ''])
  })

  test('runs from its three entry points', async () => {
    const { stdout } = await runNode([join(home, 'out/consumer.js')])
    expect(stdout).toBe('true Typo true function function\n')
  })

  test('has a command that can be executed as soon as it is built', async () => {
    // npm makes it so when it links the command, but `npx` in a checkout may run it without linking it anew.
    expect((await stat(join(root, 'dist/cli/main.js'))).mode & 0o111).toBe(0o111)
    const { stdout } = await runProcess(join(root, 'dist/cli/main.js'), ['--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('imports nothing by a name that only its sources have', async () => {
    const names = await readdir(join(root, 'dist'), { recursive: true })
    const strange: string[] = []
    for (const name of names.filter((each) => each.endsWith('.js')))
      if (/\b(import\(|from )['"]\.[^'"]*\.ts['"]/.test(await readFile(join(root, 'dist', name), 'utf8')))
        strange.push(name)
    expect(strange).toEqual([])
  })

  test('holds only what a user needs', async () => {
    const { stdout } = await runProcess('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
    })
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }]
    const strange = files
      .map(({ path }) => path)
      .filter((path) => !/^(conf|schema)\/.*\.(xml|json)$/.test(path))
      .filter(
        (path) =>
          !/^(dist\/.*\.(js|d\.ts)|dist\/measure\/report\/page\/style\.css|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/.test(
            path,
          ),
      )
    expect(strange).toEqual([])
  })

  test('depends at run time on what the README names, and on nothing else', async () => {
    const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const named = Array.from(readme.matchAll(/^\| \[([\w@/.-]+)\]\(/gm), ([, name]) => name)
    expect(Object.keys(dependencies).sort()).toEqual(named.sort())
  })
})
