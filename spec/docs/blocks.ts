import { readdirSync, readFileSync } from 'node:fs'

/** A block of code of the README or of a page of the docs. */
export interface Block {
  /** `docs/routing.md:55`. */
  readonly name: string
  readonly language: string
  readonly code: string
  /** The file that the comment before it names: `examples/first-call.ts`, `menu.test.ts`; undefined where there is none. */
  readonly file: string | undefined
}

const root = new URL('../../', import.meta.url).pathname

/** All pages, by their path in the project. */
export const PAGES: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md'),
  ...readdirSync(`${root}docs`).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
]

/** Returns the blocks of all pages in these languages. */
export const blocksIn = (...languages: readonly string[]): Block[] =>
  PAGES.flatMap((page) => {
    const text = readFileSync(root + page, 'utf8')
    const found = text.matchAll(/(?:<!-- ([\w./-]+) -->\n+)?^( *)```(\w+)\n([^]*?)\n *```/gm)
    return Array.from(found, ({ index, 1: file, 2: indent = '', 3: language = '', 4: code = '' }): Block => {
      const line = text.slice(0, index).split('\n').length
      return {
        name: `${page}:${line}`,
        language,
        file,
        code: `${code.replace(new RegExp(`^${indent}`, 'gm'), '')}\n`,
      }
    })
  }).filter(({ language }) => languages.includes(language))
