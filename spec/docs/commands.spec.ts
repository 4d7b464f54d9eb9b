import { describe, expect, test } from 'vitest'
import { commandsFor } from '../../lib/cli/commands.ts'
import { blocksIn } from './blocks.ts'

/** The words of a line as a shell parts them, up to a comment. */
const wordsOf = (line: string): string[] =>
  Array.from(line.replace(/(^|\s)#.*$/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g), (match) =>
    String(match[1] ?? match[2] ?? match[3]),
  )

const lines = blocksIn('sh', 'bash', 'shell').flatMap(({ name, code }) =>
  code
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, args] = /(?:^|\s)(?:npx )?switchix (.*)$/.exec(line.replace(/\s#\s.*$/, '')) ?? []
      return args === undefined
        ? []
        : [[`${name} ${args.trim()}`, wordsOf(args.split(/ [|&>] /)[0] ?? '')] as const]
    }),
)

describe('the commands that the docs show', () => {
  test('are many', () => {
    expect(lines.length).toBeGreaterThan(20)
  })

  test.each(lines)('%s', async (_, [name = '', ...args]) => {
    const command = (await commandsFor(name)).find((each) => each.name() === name)
    expect(command, `there is no command ${name}`).toBeDefined()
    let ran = false
    command
      ?.exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .action(() => {
        ran = true
      })
    await command?.parseAsync(args, { from: 'user' })
    expect(ran).toBe(true)
  })
})
