import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCallOptions } from '../../../lib/dial/destination/call-options.ts'
import { csvFields } from '../../../lib/dial/destination/csv-fields.ts'
import { parseTemplate, type Fields } from '../../../lib/dial/destination/template.ts'
import type { OriginatorOptions } from '../../../lib/dial/options.ts'
import { createBench, type Bench } from '../on-embedded-switch.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-fields-'))
})
afterAll(() => rm(dir, { recursive: true }))

const csv = async (name: string, text: string): Promise<string> => {
  await writeFile(join(dir, name), text)
  return join(dir, name)
}

describe('a template', () => {
  test('is filled with the fields of the call', () => {
    const { needs, fill } = parseTemplate('the destination', '{user}@{host}:5080')
    expect(needs).toEqual(['user', 'host'])
    expect(fill({ user: 1001, host: '10.0.0.1' })).toBe('1001@10.0.0.1:5080')
  })

  test('has braces where they are doubled', () => {
    expect(parseTemplate('x', '{{"a":{n}}}').fill({ n: 1 })).toBe('{"a":1}')
  })

  test('says which field is missing, and which there are', () => {
    const { fill } = parseTemplate('the destination', '{user}@{host}')
    expect(() => fill({ user: 'a', pin: 'b' })).toThrow(
      'the destination "{user}@{host}" needs the field "host", which this call has not got; there are user, pin',
    )
    expect(() => fill({})).toThrow(/there are no fields/)
  })

  test.each(['{', '}', 'a{b', '{}', '{ }', '{a{b}}x}'])(
    'of braces that do not go together is refused: %s',
    (text) => {
      expect(() => parseTemplate('the destination', text)).toThrow(/fields as \{name\}/)
    },
  )

  test('gives values as they are, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(parseTemplate('x', '{a}-{b}').fill({ a, b })).toBe(`${a}-${b}`)
      }),
    )
  })
})

describe('the options of a call', () => {
  test('become variables: codec, SIP headers', () => {
    const call = parseCallOptions(
      'a@b',
      { codec: 'PCMU,G722', headers: { 'X-Pin': 7 }, vars: { v: 1 } },
      false,
    )
    expect(call({})).toEqual({
      dest: 'a@b',
      options: { vars: { absolute_codec_string: 'PCMU,G722', 'sip_h_X-Pin': 7, v: 1 } },
    })
  })

  test('have fields only where there is a source of fields', () => {
    const options = { callerIdName: '{name}', vars: { json: '{name}' } }
    expect(parseCallOptions('a@b', options, false)({}).options).toMatchObject(options)
    expect(parseCallOptions('a@b', options, true)({ name: 'Ada' }).options).toMatchObject({
      callerIdName: 'Ada',
      vars: { json: 'Ada' },
    })
  })

  test('a header that is none is refused', () => {
    expect(() => parseCallOptions('a@b', { headers: { 'X: y\n': 'z' } }, false)).toThrow(
      /name of a SIP header/,
    )
  })
})

/** The numbers that were called, in order, and the caller ids that they saw. */
const called = async (
  options: OriginatorOptions,
): Promise<{ numbers: string[]; names: string[]; bench: Bench; summary: unknown }> => {
  const numbers: string[] = []
  const names: string[] = []
  const bench = await createBench()
  const app = {
    name: 'Notes',
    on: {
      async CHANNEL_PARK(sess: { direction: string; get(h: string): string; answer(): Promise<unknown> }) {
        if (sess.direction !== 'inbound') return
        numbers.push(sess.get('Caller-Destination-Number'))
        names.push(sess.get('Caller-Caller-ID-Name'))
        await sess.answer()
      },
    },
  }
  const originator = await bench.dialer({ app: app as never, rate: 10, duration: 50, ...options })
  await bench.run(originator)
  const summary = originator.summary()
  await bench.clock.run(originator.close())
  await bench.close()
  return { numbers, names, bench, summary }
}

const dest = '{user}@127.0.0.1:5080'

describe('destinations', () => {
  test('from a function of the number of the call', async () => {
    const fields = (n: number): Fields => ({ user: 1000 + n })
    const { numbers } = await called({ dest, fields, maxOffered: 3 })
    expect(numbers).toEqual(['1000', '1001', '1002'])
  })

  test('from an async iterable, whose end is the end of the run', async () => {
    const fields = async function* (): AsyncGenerator<Fields> {
      yield await Promise.resolve({ user: 'a' })
      yield { user: 'b' }
    }
    const { numbers, summary } = await called({ dest, fields: fields() })
    expect(numbers).toEqual(['a', 'b'])
    expect(summary).toMatchObject({ offered: 2, launched: 2, answered: 2 })
  })

  test('from a CSV file, with quotes, whose rows begin again', async () => {
    const path = await csv('users.csv', 'user,name\n1001,"Lovelace, Ada"\n1002,"O\'Brien ""Flann"""\n')
    const { numbers, names } = await called({
      dest,
      callerIdName: '{name}',
      fields: csvFields(path),
      maxOffered: 3,
    })
    expect(numbers).toEqual(['1001', '1002', '1001'])
    expect(names).toEqual(['Lovelace, Ada', 'O\'Brien "Flann"', 'Lovelace, Ada'])
  })

  test('from a CSV file of any size, row by row, and from the first again', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => `${n},${'name '.repeat(12)}`)
    const fields = csvFields(await csv('large.csv', `user,name\n${rows.join('\n')}\n`))
    for (let n = 0; n < 20_002; n++)
      expect((await fields.next()).value).toMatchObject({ user: String(n % 20_000) })
    await fields.return(undefined)
  })

  test('from a CSV file, once', async () => {
    const path = await csv('once.csv', 'user\n1\n2\n')
    const { summary } = await called({ dest, fields: csvFields(path, { once: true }) })
    expect(summary).toMatchObject({ offered: 2, answered: 2 })
  })

  test('from a CSV file, once: the asked rate is that of its rows, whatever was due behind the last of them', async () => {
    const rows = Array.from({ length: 11 }, (_, n) => `${n}\n`).join('')
    const path = await csv('eleven.csv', `user\n${rows}`)
    const { summary } = await called({ dest, rate: 10, fields: csvFields(path, { once: true }) })
    expect(summary).toMatchObject({ offered: 11, callsPerSecond: { offered: 10, launched: 10 } })
  })

  test.each([
    ['a field that is missing', 'name\nAda\n', /needs the field "user".*there are name/],
    ['no rows', 'user\n', /no row in it/],
    ['rows of another length', 'user,name\n1,2,3\n', /no CSV.*line 2/],
  ])('%s: refused before the first call', async (_, text, message) => {
    const { dialer, close } = await createBench()
    const fields = csvFields(await csv('bad.csv', text))
    await expect(dialer({ dest, fields })).rejects.toThrow(message)
    await close()
  })

  test.each<[string, OriginatorOptions, RegExp]>([
    ['a destination of two', { dest: 'a,b' }, /destination as user or user@host.*got "a,b"/],
    [
      'no time to ring',
      { timeout: 0 },
      /timeout of a call in milliseconds, more than 0 and up to 2147483647000, got 0/,
    ],
    ['a variable that would be expanded', { vars: { v: '${system(ls)}' } }, /\$\{/],
  ])('%s: refused before the first call', async (_, options, message) => {
    const { dialer, close } = await createBench()
    await expect(dialer(options)).rejects.toThrow(message)
    await close()
  })

  test('a field that is empty is refused before it is dialled: at the first call, and later for that call alone', async () => {
    const { dialer, close } = await createBench()
    await expect(dialer({ dest, fields: [{ user: ' ' }] })).rejects.toThrow(
      /needs the field "user", which is empty/,
    )
    await close()
    const { numbers, summary } = await called({ dest, fields: [{ user: 1 }, { user: '' }, { user: 3 }] })
    expect(numbers).toEqual(['1', '3'])
    expect(summary).toMatchObject({ launched: 3, failed: 1, causes: { BAD_ARGUMENT: 1 } })
    // Where it says nothing of the way to the call, it may be.
    const named = await called({ dest, callerIdName: '{name}', fields: [{ user: 1, name: '' }] })
    expect(named.numbers).toEqual(['1'])
  })

  test('a row says where its call went, and onCdr gets the fields that it was filled with', async () => {
    const { dialer, run, clock, close, cdrs } = await createBench()
    const seen: unknown[] = []
    const originator = await dialer({
      dest,
      fields: [{ user: 'ada', pin: 7 }, { usr: 'typo' }],
      duration: 100,
      onCdr(cdr, _, fields) {
        cdrs.push(cdr)
        seen.push(fields)
      },
    })
    await run(originator)
    expect(cdrs.map(({ destination }) => destination)).toEqual([undefined, 'ada@127.0.0.1:5080'])
    expect(seen).toEqual([{ usr: 'typo' }, { user: 'ada', pin: 7 }])
    await clock.run(originator.close())
    await close()
  })

  test('a field that is missing later on: that call fails, and the summary says why', async () => {
    const fields = (n: number): Fields => (n === 1 ? { usr: 'typo' } : { user: n })
    const { numbers, summary } = await called({ dest, fields, maxOffered: 3 })
    expect(numbers).toEqual(['0', '2'])
    expect(summary).toMatchObject({
      offered: 3,
      answered: 2,
      failed: 1,
      causes: { NORMAL_CLEARING: 2, BAD_ARGUMENT: 1 },
      warnings: [expect.stringMatching(/needs the field "user".*there are usr/)],
    })
  })

  test('fields that cannot be had any more end the run, with the reason, once the calls are over', async () => {
    const { clock, cdrs, dialer, run, close } = await createBench()
    const fields = (n: number): Fields => {
      if (n === 2) throw new Error('the database is gone')
      return { user: n }
    }
    const originator = await dialer({ dest, fields, rate: 10, duration: 1000 })
    await expect(run(originator)).rejects.toThrow('the database is gone')
    expect(cdrs.map(({ hangup_cause }) => hangup_cause)).toEqual(['NORMAL_CLEARING', 'NORMAL_CLEARING'])
    expect(clock.pending).toBe(0)
    await close()
  })
})
