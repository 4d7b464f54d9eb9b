import { Command } from 'commander'
import type { BuiltInApp } from '../apps/registry.ts'

const EXAMPLES = `
An app of this list is named wherever the command line takes one, with options where it has any:
  --app TonePlay
  --app Bert/timeout=5s,twoSided=true
Durations have a unit (500ms, 5s, 2m), or are milliseconds by a name that ends in Ms (timeoutMs=5000).`

/** Breaks a text at blanks into lines of `width` characters or a little less. */
const wrap = (text: string, width: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

const indented = (text: string, indent: number): string =>
  wrap(text, 100 - indent)
    .map((line) => ' '.repeat(indent) + line)
    .join('\n')

const describeApp = ({ name, summary, options }: BuiltInApp): string =>
  [
    name,
    indented(summary, 2),
    ...options.flatMap((option) => [
      `    ${option.name}=<${option.type}>${option.settable ? `  default: ${option.default === '' ? 'none' : option.default}` : '  in a program only'}`,
      indented(option.summary, 8),
    ]),
  ].join('\n')

/** The apps as text, or as JSON: `[{ name, summary, options: [{ name, type, default, summary, settable }] }]`. */
export const listApps = (apps: readonly BuiltInApp[], json: boolean): string => {
  if (!json) return `${apps.map(describeApp).join('\n\n')}\n`
  const shown = apps.map(({ name, summary, options }) => ({ name, summary, options }))
  return `${JSON.stringify(shown, null, 2)}\n`
}

/** `switchix list-apps`: the built-in apps and their options. */
export const listAppsCommand = (): Command =>
  new Command('list-apps')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async ({ json = false }: { json?: boolean }) => {
      const { BUILT_IN_APPS } = await import('../apps/registry.ts')
      process.stdout.write(listApps(BUILT_IN_APPS, json))
    })
