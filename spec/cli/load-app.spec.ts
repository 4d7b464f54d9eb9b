import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAppSource } from '../../lib/cli/app-source.ts'
import { loadAppSource } from '../../lib/cli/load-app.ts'
import { HangupError } from '../../lib/errors.ts'

let cwd = ''

const FILES: Readonly<Record<string, string>> = {
  'dialplan.ts': `
    import { type ClientApp, guard } from 'switchix'
    import { prompt } from './prompt.ts'
    interface Options { readonly prompt?: string; readonly timeout?: number }
    export const welcome = (options: Options = {}): ClientApp =>
      guard(() => true, { name: 'Welcome', on: { CHANNEL_PARK: () => undefined }, ...{ options, prompt } })
    export const fixed: ClientApp & { seen: unknown } = { name: 'Fixed', on: { CHANNEL_PARK() {} }, seen: undefined }
    export const options = (given: unknown): ClientApp => ({ name: JSON.stringify(given ?? null), on: {} })
    export const broken = () => { throw new Error('no such trunk') }
    export const late = async () => fixed
    export const number = 5
  `,
  'prompt.ts': `export const prompt: string = 'hello.wav'`,
  'one.mts': `export const only = { name: 'Only', on: {} }`,
  'default.js': `export const other = { name: 'Other' }; export default { name: 'Default' }`,
  'common.cjs': `module.exports = { app: () => ({ name: 'Common' }) }`,
  'errors.ts': `import { HangupError } from 'switchix'; export const app = { name: 'E', HangupError }`,
  'syntax.ts': `export const a = (`,
  'throws.ts': `throw new Error('no database')`,
  'nothing.ts': `export const five = 5`,
  'node_modules/pack/package.json': `{ "name": "pack", "type": "module", "exports": "./index.js" }`,
  'node_modules/pack/index.js': `export const ivr = () => ({ name: 'Ivr' })`,
}

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'switchix-load-app-'))
  await mkdir(join(cwd, 'node_modules/pack'), { recursive: true })
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(cwd, name), text)
})
afterAll(() => rm(cwd, { recursive: true }))

const nameOf = async (text: string): Promise<string> => (await loadAppSource(text, { cwd })).create().name

describe('an app source', () => {
  test.each([
    ['Proxier', { kind: 'built-in', name: 'Proxier' }],
    [
      'Bert/timeout=5s,twoSided=true',
      { kind: 'built-in', name: 'Bert', optionText: 'timeout=5s,twoSided=true' },
    ],
    ['PlayRec/verdict', { kind: 'built-in', name: 'PlayRec', optionText: 'verdict' }],
    ['PlayRec/verdict,stereo', { kind: 'built-in', name: 'PlayRec', optionText: 'verdict,stereo' }],
    ['./a.ts:x/loud', { exportName: 'x', options: { loud: true } }],
    ['pack:ivr/loud,loops=3', { module: 'pack', exportName: 'ivr', options: { loud: true, loops: 3 } }],
    ['./a.ts:x/timeout=5s,loops=-1,on=true', { options: { timeout: 5000, loops: -1, on: true } }],
    ['./a.ts', { kind: 'module', module: './a.ts', isFile: true }],
    ['../b/a.mjs:x', { module: '../b/a.mjs', exportName: 'x' }],
    ['a.ts/b.ts:x', { module: 'a.ts/b.ts', exportName: 'x' }],
    ['./a.ts:x/prompt=dir/b.wav', { exportName: 'x', options: { prompt: 'dir/b.wav' } }],
    ['./a.ts:x/{"a":"1,2","b":[3]}', { exportName: 'x', options: { a: '1,2', b: [3] } }],
    ['pack:ivr', { kind: 'module', module: 'pack', isFile: false, exportName: 'ivr' }],
    ['@me/pack/sub:ivr', { module: '@me/pack/sub', isFile: false, exportName: 'ivr' }],
  ])('%s', (text, parts) => expect(parseAppSource(text)).toMatchObject(parts))

  test.each([
    ['', /name of a built-in one, .\/file.ts:name or package:name, got ""/],
    ['./a', /got ".\/a"/],
    ['a.ts:b/timeout=1,5', /name=value,name=value or as JSON, got "5"/],
    ['a.ts:b/{a', /options of an app as JSON, got \{a/],
  ])('%j is none', (text, message) => expect(() => parseAppSource(text)).toThrow(message))
})

describe('loadAppSource', () => {
  test.each([
    ['tonePLAY', 'TonePlay'],
    ['Bert/timeout=1s', 'Bert'],
    ['./dialplan.ts:welcome', 'Welcome'],
    ['./dialplan.ts:welcome/prompt=a.wav', 'Welcome'],
    ['dialplan.ts:fixed', 'Fixed'],
    ['./one.mts', 'Only'],
    ['./default.js', 'Default'],
    ['./default.js:other', 'Other'],
    ['./common.cjs:app', 'Common'],
    ['pack:ivr', 'Ivr'],
    ['./dialplan.ts:options', 'null'],
    ['./dialplan.ts:options/timeout=2m,deep=no', '{"timeout":120000,"deep":"no"}'],
  ])('%s is %s', async (text, name) => expect(await nameOf(text)).toBe(name))

  test('a function makes an app for each node, an app is shared', async () => {
    const [made, fixed] = [
      await loadAppSource('./dialplan.ts:welcome', { cwd }),
      await loadAppSource('./dialplan.ts:fixed', { cwd }),
    ]
    expect(made.create()).not.toBe(made.create())
    expect(fixed.create()).toBe(fixed.create())
    expect(made.name).toBe('./dialplan.ts:welcome')
  })

  test("the file's switchix is the one that runs it", async () => {
    const app = (await loadAppSource('./errors.ts', { cwd })).create()
    expect((app as { HangupError?: unknown }).HangupError).toBe(HangupError)
  })

  test.each([
    ['Welcome', /no app "Welcome"; there are TonePlay, .*Bert.*; one of your own is .\/file.ts:name/],
    ['Bert/timeout=1s,loops=2', /Bert .*loops/],
    ['Bert/{"loops":2}', /Bert .*loops/],
    ['./no.ts:x', /there is no file .\/no.ts/],
    ['./syntax.ts:a', /cannot load .\/syntax.ts: /],
    ['./throws.ts:a', /cannot load .\/throws.ts: no database/],
    ['nopack:a', /cannot load nopack: Cannot find module/],
    ['./dialplan.ts:welcom', /has no export "welcom"; it has broken, fixed, late, options, welcome/],
    [
      './dialplan.ts',
      /has no default export; say which app is meant, .\/dialplan.ts:name; it has broken, fixed/,
    ],
    ['./nothing.ts', /it has nothing/],
    ['./dialplan.ts:number', /expected .\/dialplan.ts:number to be an app .* got number/],
    ['./dialplan.ts:fixed/a=1', /fixed is an app, not a function that makes one: it takes no options/],
  ])('%s is refused as a bad argument', async (text, message) => {
    const loading = loadAppSource(text, { cwd })
    await expect(loading).rejects.toThrow(message)
    await expect(loading).rejects.toMatchObject({ code: 'BAD_ARGUMENT' })
  })

  test.each([
    ['broken', /the function that makes it failed: no such trunk/],
    ['late', /expected an app, a plain object with a name and functions, got a promise/],
  ])('a function that makes no app is refused when it is called: %s', async (name, message) => {
    const { create } = await loadAppSource(`./dialplan.ts:${name}`, { cwd })
    expect(create).toThrow(message)
    expect(create).toThrow(expect.objectContaining({ code: 'APP_LOAD' }))
  })
})
