import { describe, expect, test } from 'vitest'
import { COMMANDS, commandsFor } from '../../lib/cli/commands.ts'

describe('the commands', () => {
  test.each(COMMANDS.map(({ name }) => name))('%s shows its default times with their unit', async (name) => {
    const whole = (await commandsFor(name)).find((each) => each.name() === name)
    const timed = whole?.options.filter(({ flags }) => /<(time|duration)>/.test(flags)) ?? []
    for (const { flags, defaultValue, defaultValueDescription } of timed)
      if (defaultValue !== undefined) expect(defaultValueDescription, flags).toMatch(/^(0|\d+(ms|s|m|h))$/)
  })

  test.each(COMMANDS.map(({ name }) => name))('%s is as its outline says', async (name) => {
    const [outlined, whole] = await Promise.all([commandsFor(undefined), commandsFor(name)])
    const facts = (commands: typeof whole): unknown =>
      commands.filter((each) => each.name() === name).map((each) => [each.usage(), each.description()])
    expect(facts(outlined)).toEqual(facts(whole))
    expect(whole.find((each) => each.name() === name)?.options).not.toEqual([])
  })
})
