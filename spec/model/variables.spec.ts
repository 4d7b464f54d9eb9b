import { describe, expect, it } from 'vitest'
import type { Session } from '../../lib/model/session.ts'
import { answering, call, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'
import { response } from '../link/peer.ts'
import { withOneSession } from './one-session.ts'
import { outcomeOf } from '../testing/promises.ts'

const onCaller = (run: (caller: Session) => Promise<void>): Promise<void> =>
  onEmbeddedSwitch(async ({ client }) => run((await call(client)).caller), { apps: [answering()] })

describe('channel variables', () => {
  it('come back as they were set, whatever they look like', () =>
    onCaller(async (caller) => {
      const plain = ['plain', 'a,b;c|d:e=f', 'zwölf☎', '+OK', '-ERR_no', '-USAGE:', '0', '100%a%20b']
      const quoted = ['two words', '  leading and trailing  ', "it's", 'a "quoted" word', 'back\\slash\\n']
      for (const value of [...plain, ...quoted, '-ERR No such channel!', '{braces} [brackets]']) {
        await caller.setVar('nasty', value)
        expect(await caller.getVar('nasty')).toBe(value)
      }
      await caller.setVar('number', 5)
      expect(await caller.getVar('number')).toBe('5')
    }))

  it('are sent so that the switch takes blanks, quotes and backslashes for what they are', () =>
    withOneSession(async ({ sess, commands }) => {
      const sent: string[] = []
      for (const value of ['two words', " it's ", 'back\\slash', 'a "quoted" word']) {
        await sess.setVar('x', value)
        sent.push(commands.at(-1)?.replace('api uuid_setvar A x ', '') ?? '')
      }
      expect(sent).toEqual(['two\\swords', "\\sit\\'s\\s", 'back\\\\slash', 'a\\s"quoted"\\sword'])
    }))

  it('that hold an error are values; an error of the switch is an error', () =>
    withOneSession(
      async ({ sess }) => {
        expect(await sess.getVar('value')).toBe('-ERR No such channel!')
        expect(await outcomeOf(sess.getVar('error'))).toMatchObject({
          code: 'API_ERROR',
          reply: '-ERR broken',
        })
      },
      {
        answer(command) {
          if (command.endsWith('value')) return response('-ERR No such channel!')
          return command.endsWith('error') ? response('-ERR broken\n') : undefined
        },
      },
    ))

  it('that are not set, or empty, are undefined', () =>
    onCaller(async (caller) => {
      expect(await caller.getVar('never_set')).toBeUndefined()
      await caller.setVars({ one: '1', two: '2' })
      expect([await caller.getVar('one'), await caller.getVar('two')]).toEqual(['1', '2'])
      await caller.unsetVar('one')
      await caller.setVar('two', '')
      expect([await caller.getVar('one'), await caller.getVar('two')]).toEqual([undefined, undefined])
    }))

  it('refuse what cannot be sent safely', () =>
    onCaller(async (caller) => {
      const refused = { code: 'BAD_ARGUMENT' }
      for (const value of ['two\nlines', 'a\rb', 'nul\0', '${expanded}'])
        expect(await outcomeOf(caller.setVar('x', value))).toMatchObject(refused)
      for (const name of ['', 'two words', 'a;b', 'a\nb', '${x}', 'x=y']) {
        expect(await outcomeOf(caller.setVar(name, 'x'))).toMatchObject(refused)
        expect(await outcomeOf(caller.getVar(name))).toMatchObject(refused)
        expect(await outcomeOf(caller.unsetVar(name))).toMatchObject(refused)
      }
    }))
})
