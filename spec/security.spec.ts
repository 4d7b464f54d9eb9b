import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const page = readFileSync(`${root}SECURITY.md`, 'utf8')

/** The rows of the table: a claim, the name of its test, and the file that it is in. */
const claims = Array.from(page.matchAll(/^\| (.+?) +\| (.+?) +\| `(spec\/[\w./-]+)` +\|$/gm), (row) =>
  row.slice(1, 4),
)

/** As a test is named in code: with its quotes as they may be written there. */
const inCode = (text: string): string => text.replaceAll(/[’']/g, "'").replaceAll('\\', '')

describe('SECURITY.md', () => {
  test('claims what is defended', () => {
    expect(claims.length).toBeGreaterThan(15)
  })

  test.each(claims)('%s', (_, name = '', file = '') => {
    expect(inCode(readFileSync(root + file, 'utf8'))).toContain(inCode(name))
  })
})
