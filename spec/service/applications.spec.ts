import { describe, expect, it } from 'vitest'
import { channelEvent, onScriptedSwitch, type Scripted } from './on-scripted-switch.ts'
import { response } from '../link/peer.ts'
import { outcomeOf } from '../testing/promises.ts'

const TABLE =
  'name,description,syntax,ikey\nanswer,Answer the call,,mod_dptools\nPlayback,Play,<path>,mod_dptools\n\n2 total.\n'

/** What comes of an application on a switch that answers `show application` so: what is sent, or the error. */
const executed = async (app: string, table: string): Promise<unknown> => {
  let outcome: unknown
  const run = async ({ client, say, commands }: Scripted): Promise<void> => {
    await say(channelEvent('CHANNEL_CREATE', 'A'))
    const failed = outcomeOf(client.session('A')?.execute(app, 'x', { timeout: 100 }) as Promise<unknown>)
    await say()
    const sent = commands.findLast((each) => each.startsWith('sendmsg'))
    outcome = sent?.includes(`execute-app-name: ${app}`) ? 'sent' : await failed
    await failed
  }
  const answer = (command: string) => (command === 'api show application' ? response(table) : undefined)
  await onScriptedSwitch(run, { answer })
  return outcome
}

describe('an application', () => {
  it('that the switch has is sent, in whatever case', async () => {
    expect(await executed('answer', TABLE)).toBe('sent')
    expect(await executed('playback', TABLE)).toBe('sent')
  })

  it('that it does not have is refused, with what to check, and nothing is sent', async () => {
    const error = await executed('plaback', TABLE)
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', command: 'plaback', uuid: 'A' })
    expect(String(error)).toContain('scripted:8021 has no such application')
  })

  it('is sent unchecked where the switch does not tell what it has', async () => {
    expect(await executed('anything', '-ERR not for you\n')).toBe('sent')
    expect(await executed('anything', 'something else\n')).toBe('sent')
  })
})
