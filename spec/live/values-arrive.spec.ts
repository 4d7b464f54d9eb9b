import { expect, it } from 'vitest'
import { randomText } from '../../fuzz/arguments/texts.ts'
import { addHeader, type Header } from '../../fuzz/model/event.ts'
import { expandVariables } from '../../fuzz/model/expand.ts'
import { dialled, originateFunction } from '../../fuzz/model/originate.ts'
import { separate } from '../../fuzz/model/strings.ts'
import { createRandom } from '../../fuzz/random.ts'
import { dialString } from '../../lib/esl/dial-string.ts'
import { createEvent } from '../../lib/esl/event.ts'
import type { Client } from '../../lib/service/client.ts'
import type { Session } from '../../lib/model/session.ts'
import { describeLive, onRealSwitch } from './on-real-switch.ts'

/** A channel without a far end. */
const NOWHERE = dialString('null/values')

/** Random values that `isCarried` says arrive, and not the empty one, which is no variable. */
const survivors = async (
  count: number,
  seed: number,
  isCarried: (value: string) => Promise<boolean>,
): Promise<string[]> => {
  const random = createRandom(seed)
  const found: string[] = []
  while (found.length < count) {
    const value = randomText(random)
    // Several of them in one command would be an order to unload the Event Socket.
    if (value !== '' && !/mod_event_socket/i.test(value) && (await isCarried(value))) found.push(value)
  }
  return found
}

const isRefusal = (error: unknown): boolean => (error as { code?: unknown }).code === 'BAD_ARGUMENT'

const triedWith =
  (send: (value: string) => unknown) =>
  async (value: string): Promise<boolean> => {
    try {
      await send(value)
      return true
    } catch (error) {
      if (isRefusal(error)) return false
      throw error
    }
  }

/** The variables of a channel, by the json dump: plain is not byte-exact. */
const dump = async (client: Client, uuid: string): Promise<(name: string) => string | undefined> => {
  const bytes = Buffer.from(await client.api(`uuid_dump ${uuid} json`), 'utf8').toString('latin1')
  const event = createEvent(bytes, 'json')
  return (name) => event.get(`variable_${name}`)
}

const numbered = (values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value, i) => [`v${i}`, value]))

const expectAll = async (client: Client, uuid: string, vars: Record<string, string>): Promise<void> => {
  const variable = await dump(client, uuid)
  for (const [name, value] of Object.entries(vars)) expect([name, variable(name)]).toEqual([name, value])
}

/** What an originate with it as a variable would reject with comes before anything is sent. */
const inBraces = async (client: Client, value: string): Promise<boolean> =>
  triedWith((text) =>
    client.originate(dialString('error/USER_BUSY'), { vars: { v: text } }).catch((error: unknown) => {
      if (isRefusal(error)) throw error
    }),
  )(value)

describeLive('values that are not refused arrive byte for byte', () => {
  it('150 of setVar', { timeout: 60_000 }, (context) =>
    onRealSwitch(context, async ({ client }) => {
      const sess = await client.originate(NOWHERE)
      try {
        const values = await survivors(
          150,
          11,
          triedWith((value) => sess.setVar('tried', value)),
        )
        for (const value of values) {
          await sess.setVar('value', value)
          expect(await sess.getVar('value')).toBe(value)
        }
        await sess.setVars(numbered(values.slice(0, 40)))
        await expectAll(client, sess.uuid, numbered(values.slice(0, 40)))
      } finally {
        await sess.hangup()
      }
    }),
  )

  it('120 variables of originate', { timeout: 60_000 }, (context) =>
    onRealSwitch(context, async ({ client }) => {
      const values = await survivors(120, 12, (value) => inBraces(client, value))
      for (let at = 0; at < values.length; at += 20) {
        const vars = numbered(values.slice(at, at + 20))
        const sess = await client.originate(NOWHERE, { vars })
        try {
          await expectAll(client, sess.uuid, vars)
        } finally {
          await sess.hangup()
        }
      }
    }),
  )

  it('120 variables of bridge, for all parties and for one', { timeout: 60_000 }, (context) =>
    onRealSwitch(context, async ({ client, call }) => {
      const values = await survivors(120, 13, (value) => inBraces(client, value))
      const { caller } = await call()
      for (let at = 0; at < values.length; at += 20) {
        const all = numbered(values.slice(at, at + 10))
        const own = Object.fromEntries(values.slice(at + 10, at + 20).map((value, i) => [`own${i}`, value]))
        const isOwn = (value: string): boolean => !/[\x01\x02]/.test(value) && balanced(value)
        const party = {
          dest: NOWHERE,
          vars: Object.fromEntries(Object.entries(own).filter(([, v]) => isOwn(v))),
        }
        const bridge = await caller.bridge({ dest: party, vars: all })
        await expectAll(client, bridge.uuid, { ...all, ...party.vars })
        await client.session(bridge.uuid)?.hangup()
        await bridge.ended
      }
    }),
  )

  it('110 arguments of applications, among them files and a text to log', { timeout: 60_000 }, (context) =>
    onRealSwitch(context, async ({ client }) => {
      const sess = await client.originate(NOWHERE)
      /** What the application got, as the switch notes it on the channel. */
      const received = async (send: (value: string) => Promise<unknown>, value: string): Promise<unknown> => {
        const failed = await send(value).catch((error: unknown) => error)
        return isRefusal(failed ?? {}) ? undefined : sess.getVar('current_application_data')
      }
      const send: readonly ((sess: Session, value: string) => Promise<unknown>)[] = [
        (at, value) => at.execute('log', value),
        (at, value) => at.execute('eval', value),
        (at, value) => at.playback(value),
      ]
      try {
        const random = createRandom(14)
        let arrived = 0
        while (arrived < 110) {
          const value = randomText(random)
          const got = await received(
            (text) => (send[arrived % send.length] as (typeof send)[0])(sess, text),
            value,
          )
          // The switch notes an argument as a variable: there it is an array.
          if (got === undefined || value === '' || value.startsWith('ARRAY::')) continue
          expect(got).toBe(value)
          arrived++
        }
      } finally {
        await sess.hangup()
      }
    }),
  )

  it('60 values of SIP headers, at the far end of a call', { timeout: 60_000 }, (context) =>
    onRealSwitch(context, async ({ client, call }) => {
      // SIP has no control characters in headers, and no white space around them.
      const isSip = (value: string): boolean => !/[\0-\x1f\x7f]/.test(value) && value.trim() === value
      const values = await survivors(60, 15, async (value) => isSip(value) && (await inBraces(client, value)))
      for (let at = 0; at < values.length; at += 10) {
        const sent = values.slice(at, at + 10).map((value, i) => [`sip_h_X-V${i}`, value] as const)
        const { caller, called } = await call({ vars: Object.fromEntries(sent) })
        await expectAll(client, called.uuid, Object.fromEntries(sent))
        await caller.hangup()
      }
    }),
  )
})

/** Random arguments of an api as they are, not encoded: chars of bytes, without the white space that the switch takes off. */
const rawArguments = (seed: number, count: number): string[] => {
  const random = createRandom(seed)
  const found: string[] = []
  while (found.length < count) {
    const text = randomText(random)
    if (/[\r\n\0]|\p{Surrogate}|mod_event_socket|^\s|\s$|^$/u.test(text)) continue
    found.push(text)
  }
  return found
}

const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
const fromBytes = (text: string): string => Buffer.from(text, 'latin1').toString('utf8')

describeLive('the reference model of the fuzzers reads as the switch does', () => {
  it('the words of an api, on 300 of uuid_setvar', { timeout: 60_000 }, (context) =>
    onRealSwitch(context, async ({ client }) => {
      const { uuid } = await client.originate(NOWHERE)
      try {
        for (const raw of rawArguments(21, 300)) {
          await client.api(`uuid_setvar ${uuid} value`)
          await client.api(`uuid_setvar ${uuid} value ${raw}`)
          const [, , value = ''] = separate(toBytes(`${uuid} value ${raw}`), ' ', 3)
          const [header] = addHeader([], 'value', value)
          const got = await client.api(`uuid_getvar ${uuid} value`)
          expect([raw, got]).toEqual([raw, header ? fromBytes(header.value) : '_undef_'])
        }
      } finally {
        await client.api(`uuid_kill ${uuid}`)
      }
    }),
  )

  it('the expansion of an argument, on 300 of eval', { timeout: 60_000 }, (context) =>
    onRealSwitch(context, async ({ client }) => {
      const { uuid } = await client.originate(NOWHERE)
      try {
        for (const raw of rawArguments(22, 300)) {
          const { text, expansions } = expandVariables(toBytes(`-${raw}`))
          // What variables and apis become is not the model's.
          if (expansions.some((inner) => !/^x?$/.test(inner))) continue
          expect([raw, await client.api(`eval uuid:${uuid} -${raw}`)]).toEqual([raw, fromBytes(text)])
        }
      } finally {
        await client.api(`uuid_kill ${uuid}`)
      }
    }),
  )

  it('braces, on 200 of originate', { timeout: 60_000 }, (context) =>
    onRealSwitch(context, async ({ client }) => {
      for (const [i, raw] of rawArguments(23, 200).entries()) {
        const uuid = `model-${process.pid}-${i}`
        if (/[{}<>]|:_:/.test(raw)) continue
        const leg = `{origination_uuid=${uuid},a=${raw},z=z}null/x`
        const found = originateFunction(toBytes(`${leg} &park()`))
        const called = found && dialled(found.leg)
        if (!called || typeof called === 'string' || found.app !== 'park' || found.more.length > 0) continue
        const parties = called.parties.flat().map(({ dial }) => dial)
        if (
          parties.join() !== 'null/x' ||
          !called.vars.some(([name, value]) => name === 'origination_uuid' && value === uuid)
        )
          continue
        let headers: Header[] = []
        for (const [name, value] of called.vars)
          headers = addHeader(
            headers.filter((header) => header.name !== name),
            name,
            value,
          )
        const said = await client.api(`originate ${leg} &park()`).catch((error: unknown) => String(error))
        expect([raw, said.trim()]).toEqual([raw, `+OK ${uuid}`])
        try {
          const variable = await dump(client, uuid)
          for (const name of ['a', 'z'])
            expect([raw, name, variable(name)]).toEqual([
              raw,
              name,
              headers
                .map((header) => (header.name === name ? fromBytes(header.value) : undefined))
                .find(Boolean),
            ])
        } finally {
          await client.api(`uuid_kill ${uuid}`)
        }
      }
    }),
  )
})

/** Brackets of a party's own variables are counted by the switch. */
const balanced = (value: string): boolean => {
  let depth = 0
  for (const char of value) {
    if (char === '[') depth++
    if (char === ']' && --depth < 0) return false
  }
  return depth === 0
}
