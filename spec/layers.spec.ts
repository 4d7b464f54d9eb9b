import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

/** From the bottom up; those on one line may not import each other. */
const LAYERS = [
  ['clock', 'errors', 'seed'],
  ['flow', 'wave'],
  ['esl'],
  ['link'],
  ['model'],
  ['listener'],
  ['app'],
  ['service'],
  ['sim'],
  ['testing'],
  ['measure'],
  ['dial'],
  ['apps'],
  ['index'],
  ['cli'],
]

const root = new URL('../lib', import.meta.url).pathname

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

/** The layer of a file: its folder, or its own name at the top. */
const layerOf = (file: string): string => (file.split(/[/\\]/)[0] ?? '').replace(/\.ts$/, '')

const heightOf = (layer: string): number => LAYERS.findIndex((names) => names.includes(layer))

const importsOf = (file: string): string[] => {
  const text = readFileSync(join(root, file), 'utf8')
  const specifiers = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'(\.[^']+)'/g)
  return Array.from(specifiers, ([, path = '']) => relative(root, join(root, dirname(file), path)))
}

describe('layers', () => {
  test('every folder is a layer', () => {
    expect(files.map(layerOf).filter((layer) => heightOf(layer) < 0)).toEqual([])
  })

  test('imports point down only', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => layerOf(target) !== layerOf(file))
        .filter((target) => heightOf(layerOf(target)) >= heightOf(layerOf(file)))
        .map((target) => `${file} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('the embedded switch knows nothing of the client', () => {
    const below = new Set(['sim', 'link', 'esl', 'flow', 'wave', 'clock', 'errors', 'seed'])
    const wrong = files
      .filter((file) => layerOf(file) === 'sim')
      .flatMap((file) => importsOf(file).filter((target) => !below.has(layerOf(target))))
    expect(wrong).toEqual([])
  })

  test("importing 'switchix' loads neither the embedded switch nor the command line", () => {
    const seen = new Set<string>()
    const visit = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      importsOf(file).forEach(visit)
    }
    visit('index.ts')
    expect([...seen].map(layerOf).filter((layer) => ['sim', 'testing', 'cli'].includes(layer))).toEqual([])
    expect([...seen].filter((file) => file.startsWith('measure/report/'))).toEqual([])
  })
})
