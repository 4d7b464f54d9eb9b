import { parseArgs } from 'node:util'
import { argumentsTarget } from './arguments/target.ts'
import { eventsTarget } from './decoding/events-target.ts'
import { framesTarget } from './decoding/frames-target.ts'
import type { FuzzTarget } from './target.ts'

/** What `npm run fuzz` tries, one after the other; each has a file or folder of its own here. */
const TARGETS: readonly FuzzTarget[] = [argumentsTarget, framesTarget, eventsTarget]

const USAGE = `Usage: npm run fuzz -- [--n=COUNT] [--seed=1] [--only=TARGET[/PART]]

Tries random inputs and exits with 1 where one shows a fault. Without --n each target has a count of its own:

${TARGETS.map(({ name, about, count }) => `  ${name.padEnd(12)} ${about} (${count.toLocaleString('en')})`).join('\n')}
`

const { values } = parseArgs({
  options: {
    n: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const whole = (option: string, text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`expected a whole number for ${option}, got "${text}"`)
  return value
}

let unhandled = 0
process.on('unhandledRejection', (reason) => {
  unhandled++
  console.error('an unhandled rejection:', reason)
})

const main = async (): Promise<void> => {
  if (values.help) {
    console.log(USAGE)
    return
  }
  const [only, part] = values.only?.split('/') ?? []
  const targets = TARGETS.filter(({ name }) => only === undefined || name === only)
  if (targets.length === 0)
    throw new Error(`expected a target of ${TARGETS.map(({ name }) => name).join(', ')}, got "${only ?? ''}"`)
  const seed = whole('--seed', values.seed)
  let failed = 0
  for (const target of targets) {
    const n = values.n === undefined ? target.count : whole('--n', values.n)
    const began = performance.now()
    const result = await target.run({ n, seed, part })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    failed += result.failed
    console.log(result.lines.join('\n'))
    console.log(
      `${target.name}: ${result.tried} tried, ${result.failed} failed, ${seconds} s (seed ${seed})\n`,
    )
  }
  // Rejections are told of a turn after the last input.
  await new Promise((resolve) => setImmediate(resolve))
  if (failed + unhandled > 0) process.exitCode = 1
}

await main()
