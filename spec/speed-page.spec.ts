import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withFigures, type Results } from '../bench/src/page.ts'

const root = new URL('..', import.meta.url).pathname
const results = `${root}bench/results.json`

/** Cells are padded when the page is formatted. */
const bare = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-')

test.runIf(existsSync(results))('the page about speed shows the last full run of the benchmark', () => {
  const page = readFileSync(`${root}docs/speed.md`, 'utf8')
  expect(bare(withFigures(page, JSON.parse(readFileSync(results, 'utf8')) as Results))).toBe(bare(page))
})
