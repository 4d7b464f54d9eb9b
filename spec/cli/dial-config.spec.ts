import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../lib/cli/dial-config.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchix-config-'))
})
afterAll(() => rm(folder, { recursive: true }))

const configOf = async (text: string): Promise<unknown> => {
  const path = join(folder, 'switchix.config.yaml')
  await writeFile(path, text)
  return (await loadConfig(path))[1]
}

describe('a config file', () => {
  test('has a section "dial"', async () => {
    expect(await configOf('dial: { rate: 50 }')).toEqual({ rate: 50 })
    expect(await configOf('')).toEqual({})
  })

  test.each([
    ['dail: { rate: 50 }', /expected the section "dial", got "dail"/],
    ['rate: 50', /expected the section "dial", got "rate"/],
    ['dial: { rate: 50 }\nserve: {}', /got "serve"/],
    ['- dial', /hold options under "dial"/],
    ['dial: 50', /hold options under "dial"/],
  ])('with any other section is refused: %s', async (text, message) => {
    await expect(configOf(text)).rejects.toThrow(message)
    await expect(configOf(text)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' })
  })
})
