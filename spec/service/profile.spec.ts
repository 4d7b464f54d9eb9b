import { describe, expect, it } from 'vitest'
import { profileAddress } from '../../lib/service/profile.ts'
import { outcomeOf } from '../testing/promises.ts'
import { onEmbeddedSwitch } from './on-embedded-switch.ts'

describe('the address of a SIP profile', () => {
  it('is where the switch says that it listens', () =>
    onEmbeddedSwitch(async ({ client }) => {
      expect(await profileAddress(client, 'external')).toBe('127.0.0.1:5080')
      expect(await profileAddress(client, 'internal')).toBe('127.0.0.1:5060')
    }))

  it('of one that is not there is an error that names those that are', () =>
    onEmbeddedSwitch(async ({ client }) => {
      const error = await outcomeOf(profileAddress(client, 'extrenal'))
      expect(error).toMatchObject({ code: 'COMMAND_FAILED' })
      expect(String(error)).toMatch(/no SIP profile "extrenal" running; it has external, internal/)
    }))
})
