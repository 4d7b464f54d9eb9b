import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parksAll } from '../../lib/service/park-only.ts'

const context = (...extensions: string[]): string => `<context name="x">${extensions.join('')}</context>`
const extension = (condition: string, ...apps: string[]): string =>
  `<extension name="e">${condition}${apps.map((app) => `<action application="${app}" data=""/>`).join('')}</condition></extension>`

describe('a context', () => {
  it('parks every call where its first extension takes all and parks', () => {
    for (const condition of [
      '<condition>',
      '<condition field="destination_number" expression="^(.*)$">',
      '<condition field="destination_number" expression="^.*$">',
      '<condition expression=".+" field="destination_number">',
    ]) {
      expect(parksAll(context(extension(condition, 'park'))), condition).toEqual({ parksAll: true, why: '' })
      expect(parksAll(context(extension(condition, 'set', 'sched_hangup', 'park', 'hangup'))).parksAll).toBe(
        true,
      )
    }
  })

  it('does not where something else comes first, and says what', () => {
    const some = '<condition field="destination_number" expression="^1000$">'
    const all = '<condition>'
    expect(parksAll(context(extension(some, 'park'), extension(all, 'park'))).why).toContain(
      'only some of the calls',
    )
    expect(parksAll(context(extension(all, 'answer', 'park'))).why).toContain('runs answer in place of park')
    expect(parksAll(context(extension(all, 'hangup'))).why).toContain('runs hangup in place of park')
    expect(parksAll(context(extension('<condition wday="2-6">', 'park'))).parksAll).toBe(false)
    expect(parksAll(context(`<!-- ${extension(all, 'park')} -->`)).why).toBe('it has no extension')
  })

  it('as switchix ships it does', () => {
    const file = readFileSync(new URL('../../conf/dialplan/switchix.xml', import.meta.url), 'utf8')
    expect(parksAll(file)).toEqual({ parksAll: true, why: '' })
  })
})
