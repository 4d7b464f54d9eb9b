import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blocksIn } from './blocks.ts'
import { programsOf, SWITCHIX, toJavaScript } from './programs.ts'

const folder = new URL('.', import.meta.url).pathname
const programs = programsOf(blocksIn('ts', 'js'))

/** Those with a file of their own are run by the specs of the examples and of the guide. */
const loose = programs.filter(({ file }) => file === undefined)
const nameOf = (name: string): string => name.replace(/\W/g, '_')
let output = ''

beforeAll(async () => {
  mkdirSync(`${folder}.built`, { recursive: true })
  writeFileSync(`${folder}.built/scope.js`, toJavaScript(readFileSync(`${folder}scope.ts`, 'utf8')))
  writeFileSync(`${folder}.built/switchix.js`, SWITCHIX)
  for (const { name, code } of loose) writeFileSync(`${folder}.built/${nameOf(name)}.js`, code)
  const names = loose.map(({ name }) => nameOf(name))
  output = await new Promise((resolve) => {
    execFile(process.execPath, [`${folder}run.js`, ...names], { timeout: 60_000 }, (error, stdout, stderr) =>
      resolve(`${stdout}${stderr}${error?.message ?? ''}`),
    )
  })
}, 90_000)
afterAll(() => rmSync(`${folder}.built`, { recursive: true }))

describe('the programs that the docs show', () => {
  test('are many', () => {
    expect(programs.length).toBeGreaterThan(20)
  })

  test.each(programs.map((program) => [program.name, program] as const))('compile: %s', (_, { errors }) => {
    expect(errors).toEqual([])
  })

  test.each(loose.map(({ name }) => name))('run: %s', (name) => {
    expect(output).toMatch(new RegExp(`^ran ${nameOf(name)}$`, 'm'))
  })
})
