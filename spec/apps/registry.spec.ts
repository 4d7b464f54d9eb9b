import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArgumentError } from '../../lib/errors.ts'
import { BUILT_IN_APPS, createBuiltIn, findBuiltIn } from '../../lib/apps/registry.ts'
import { writeDuration, readDuration } from '../../lib/apps/options/duration.ts'
import { tonePlay } from '../../lib/apps/tone-play.ts'

const parsed = (text: string): unknown => {
  const [, name = '', options = ''] = /^([^/]*)\/?([^]*)$/.exec(text) ?? []
  return findBuiltIn(name)?.parse(options)
}

describe('the registry of built-in apps', () => {
  test('has those of switchio, by their names', () => {
    expect(BUILT_IN_APPS.map(({ name }) => name)).toEqual([
      ...['TonePlay', 'PlayRec', 'MutedPlayRec', 'Bert', 'DtmfChecker', 'CalleeBlockOnInvite'],
      ...['CalleeRingback', 'Proxier', 'Bridger', 'Router', 'CDR', 'SysStats'],
    ])
  })

  test.each(BUILT_IN_APPS.map((app) => [app.name, app] as const))(
    '%s can be made with its defaults, as a list of apps shows them',
    (name, app) => {
      expect(app.create().name).toBe(name)
      for (const option of app.options) {
        expect([option.summary === '', option.type === '']).toEqual([false, false])
        if (!option.settable) continue
        expect(() => app.create(app.parse(`${option.name}=${option.default}`))).not.toThrow()
      }
    },
  )

  test('is what the documentation describes: each app, each of its options, each default', () => {
    const docs = readFileSync(new URL('../../docs/apps.md', import.meta.url), 'utf8')
    const sections = new Map(
      docs.split(/^## /m).map((section) => [section.slice(0, section.indexOf('\n')), section]),
    )
    for (const { name, options } of BUILT_IN_APPS) {
      const rows = (sections.get(name) ?? '').split('\n').filter((line) => line.startsWith('|'))
      for (const option of options) {
        const row = rows.find((line) => line.includes(`\`${option.name}\``))
        expect(row, `${option.name} of ${name}`).toBeDefined()
        if (name !== 'MutedPlayRec' && option.settable && option.default !== '')
          expect(row, `${option.name} of ${name}`).toContain(`\`${option.default}\``)
      }
    }
  })

  test.each([
    ['Bert', {}],
    ['Bert/', {}],
    ['bert/timeoutMs=5000', { timeout: 5000 }],
    ['Bert/timeout=5s,twoSided', { timeout: 5000, twoSided: true }],
    [
      'Bert/twoSided,hangupOnError=no,maxErrors=12.5',
      { twoSided: true, hangupOnError: false, maxErrors: 12.5 },
    ],
    ['TonePlay/tone=tone_stream://%(251,0,1004);loops=-1', { tone: 'tone_stream://%(251,0,1004);loops=-1' }],
    ['PlayRec/clip=a/b,c.wav,stereo,duration=never', { clip: 'a/b,c.wav', stereo: true, duration: Infinity }],
    ['CalleeBlockOnInvite/response=486', { response: 486 }],
    ['CalleeBlockOnInvite/response=user_busy', { response: 'USER_BUSY' }],
    ['CalleeRingback/callerHangupAfter=1.5m', { callerHangupAfter: 90_000 }],
    ['Bridger/bridges={"1":"proxy","2":{"dest":"a@b"}}', { bridges: { 1: 'proxy', 2: { dest: 'a@b' } } }],
    [
      'Router/routes={"^1([0-9]+)$":{"gateway":"trunk","dest":"$1"},"^00":403,"^9":"USER_BUSY"},cause=user_busy',
      {
        routes: { '^1([0-9]+)$': { gateway: 'trunk', dest: '$1' }, '^00': 403, '^9': 'USER_BUSY' },
        cause: 'USER_BUSY',
      },
    ],
    [
      'Router/routes={"^5":{"parties":["a@b",{"user":"1000","timeout":5000}],"strategy":"in turn"}},rejectOnGuard=no',
      {
        routes: { '^5': { parties: ['a@b', { user: '1000', timeout: 5000 }], strategy: 'in turn' } },
        rejectOnGuard: false,
      },
    ],
  ])('reads %s', (text, options) => {
    expect(parsed(text)).toEqual(options)
    expect(createBuiltIn(text).name.toLowerCase()).toBe(text.split('/')[0]?.toLowerCase())
  })

  test.each([
    ['Bort', 'there is no built-in app "Bort"; there are TonePlay, '],
    ['Bert/timout=5s', 'Bert has no option "timout"; it has twoSided, '],
    [
      'Bert/timeout=5',
      'expected timeout of Bert to be milliseconds, 1 or more (on a command line 500ms, 5s, 2m), got "5"',
    ],
    ['Bert/timeoutMs=soon', 'expected timeoutMs of Bert to be milliseconds'],
    ['Bert/timeout', 'expected timeout=<duration> for Bert, got "timeout"'],
    ['Bert/timeout=1s,timeoutMs=5', 'Bert was given timeout twice'],
    [
      'Bert/ringResponse=ring',
      'expected ringResponse of Bert to be one of ringReady, preAnswer, none, got "ring"',
    ],
    ['Bert/maxErrorsMs=5', 'Bert has no option "maxErrorsMs"'],
    ['Bert/__proto__=5', 'Bert has no option "__proto__"'],
    ['Bert/twoSided=maybe', 'expected twoSided of Bert to be true or false, got "maybe"'],
    ['PlayRec/iterations=0', 'expected iterations of PlayRec to be a whole number, 1 or more, got "0"'],
    ['PlayRec/onRecorded=x', 'onRecorded of PlayRec is a function, which only a program can give'],
    ['DtmfChecker/sequence=12x', 'expected sequence of DtmfChecker to be digits: 0-9 A-D * #, got "12x"'],
    ['Bridger/bridges={', 'expected bridges of Bridger to be a table'],
    ['Bridger/bridges={"1":{"dest":"user/1000"}}', 'expected bridges of Bridger to be a table'],
    ['Bridger/bridges={"1":{"destination":"a@b"}}', 'expected bridges of Bridger to be a table'],
    ['Router/routes={"(":403}', 'expected routes of Router to be a table of patterns'],
    ['Router/routes={"1":200}', 'expected routes of Router to be a table of patterns'],
    ['Router/routes={"1":"NO_CAUSE"}', 'expected routes of Router to be a table of patterns'],
    [
      'Router/routes={"1":{"dest":"sofia/gateway/trunk/1"}}',
      'expected routes of Router to be a table of patterns',
    ],
    ['Proxier/', undefined],
  ])('refuses %s', (text, message) => {
    if (message === undefined) expect(createBuiltIn(text).name).toBe('Proxier')
    else expect(() => createBuiltIn(text)).toThrow(message)
  })

  test('whatever is typed gives an app or an ArgumentError', () => {
    const option = fc.constantFrom(...BUILT_IN_APPS.flatMap(({ options }) => options.map(({ name }) => name)))
    const item = fc.tuple(option, fc.constantFrom('=', 'Ms=', ''), fc.string()).map((parts) => parts.join(''))
    const name = fc.constantFrom(...BUILT_IN_APPS.map((app) => app.name), 'Nobody')
    fc.assert(
      fc.property(name, fc.array(item, { maxLength: 4 }), (app, items) => {
        try {
          createBuiltIn(`${app}/${items.join(',')}`)
        } catch (error) {
          expect(error).toBeInstanceOf(ArgumentError)
        }
      }),
    )
  })

  test('options of a program are checked as well', () => {
    expect(() => tonePlay({ tune: 'x' } as never)).toThrow('TonePlay has no option "tune"; it has tone')
    expect(() => tonePlay({ tone: 5 } as never)).toThrow(
      'expected tone of TonePlay to be a text of one line, got 5',
    )
    expect(() => tonePlay({ tone: 'a\nb' })).toThrow('expected tone of TonePlay to be a text of one line')
  })

  test('a duration is written so that it reads the same', () => {
    fc.assert(fc.property(fc.nat(1e9), (ms) => readDuration(writeDuration(ms)) === ms))
    expect(['0', 'never', '90s', '5 s', '-1s', ''].map(readDuration)).toEqual([
      ...[0, Infinity, 90_000, undefined, undefined, undefined],
    ])
  })
})
