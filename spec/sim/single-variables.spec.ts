import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NEVER_IN_BLOCKS } from '../../lib/sim/channel/single-variables.ts'

const SIM = new URL('../../lib/sim', import.meta.url).pathname

const sources = readdirSync(SIM, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(SIM, name), 'utf8'))

describe('variables that are not looked for in blocks', () => {
  test('stand in no block that the switch writes', () => {
    const written = NEVER_IN_BLOCKS.filter((name) =>
      sources.some((source) => source.includes(`variable_${name}:`)),
    )
    expect(written).toEqual([])
  })

  test('are keys of no block of several', () => {
    const keys = NEVER_IN_BLOCKS.filter((name) => sources.some((source) => source.includes(`['${name}', \``)))
    expect(keys).toEqual([])
  })
})
