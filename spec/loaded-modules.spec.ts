import { describe, expect, it } from 'vitest'
import { runNode } from './run-node.ts'

const root = new URL('..', import.meta.url).href

/** Says on stderr which modules are loaded. */
const HOOK = `
  import { register } from 'node:module'
  const load = 'export const load = (url, context, next) => (process._rawDebug("loaded " + url), next(url, context))'
  register('data:text/javascript,' + encodeURIComponent(load))
`

/** The modules that a run of Node loads, without what they stand in. */
const loadedBy = async (...args: string[]): Promise<string[]> => {
  const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`
  const { stderr } = await runNode(['--import', hook, ...args])
  const urls = stderr.split('\n').filter((line) => line.startsWith(`loaded ${root}`))
  return urls.map((line) => line.slice(`loaded ${root}`.length))
}

describe('what is loaded', () => {
  it('import of switchix loads nothing of the embedded switch, of reports, of the command line', async () => {
    const code = `await import(${JSON.stringify(`${root}dist/index.js`)})`
    const loaded = await loadedBy('--input-type=module', '-e', code)
    expect(loaded).toContain('dist/esl/event.js')
    expect(loaded.filter((path) => /^dist\/(sim|cli|testing|apps|measure\/report)\//.test(path))).toEqual([])
  })

  it('the help loads nothing but what says it', async () => {
    const loaded = await loadedBy(new URL('../dist/cli/main.js', import.meta.url).pathname, '--help')
    const foreign = loaded.filter((path) => !path.startsWith('dist/cli/'))
    expect(foreign.filter((path) => !path.startsWith('node_modules/commander/'))).toEqual(['dist/errors.js'])
    expect(loaded.filter((path) => path.startsWith('dist/cli/')).sort()).toEqual([
      'dist/cli/commands.js',
      'dist/cli/failure.js',
      'dist/cli/hide-passwords.js',
      'dist/cli/main.js',
    ])
  })
})
