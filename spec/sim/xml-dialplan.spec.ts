import { describe, expect, it } from 'vitest'
import type { RoutedCall } from '../../lib/sim/calls/dialplan.ts'
import { readDialplan } from '../../lib/sim/dialplan/read-dialplan.ts'
import { ArgumentError } from '../../lib/errors.ts'
import { CAPTURE_XML } from './capture-dialplan.ts'

const MONDAY_NOON = Date.UTC(2026, 10, 23, 12)

const call = (destination: string, more: Partial<RoutedCall> = {}): RoutedCall => ({
  destination,
  context: 'default',
  callerIdName: 'Alice',
  callerIdNumber: '1000',
  uuid: 'u',
  profile: 'external',
  direction: 'inbound',
  now: MONDAY_NOON,
  variable: (name) => ({ sip_h_account: 'gold' })[name],
  ...more,
})

/** What a call does in a context with these extensions: `app(arg)`, one after the other. */
const route = (extensions: string, one: RoutedCall): string => {
  const found = readDialplan(`<context name="default">${extensions}</context>`)(one)
  const { actions } = 'actions' in found ? found : { actions: found }
  return actions.map(({ app, arg = '' }) => `${app}(${arg})`).join(' ')
}

const extension = (inner: string, attributes = ''): string =>
  `<extension name="x" ${attributes}>${inner}</extension>`

describe('a dialplan in XML', () => {
  it('takes the first extension whose conditions hold, and puts in what the expression has matched', () => {
    const plan =
      extension(
        '<condition field="destination_number" expression="^9(\\d+)$"><action application="bridge" data="sofia/gateway/out/$1"/></condition>',
      ) + extension('<condition><action application="park"/></condition>')
    expect(route(plan, call('9555'))).toBe('bridge(sofia/gateway/out/555)')
    expect(route(plan, call('555'))).toBe('park()')
  })

  it('gives nothing where no extension fits, or there is no such context', () => {
    const plan = extension(
      '<condition field="destination_number" expression="^1$"><action application="park"/></condition>',
    )
    expect(route(plan, call('2'))).toBe('')
    expect(route(plan, call('1', { context: 'other' }))).toBe('')
  })

  it('needs all conditions of an extension; the second fails it, or says what else to do', () => {
    const plan = extension(
      '<condition field="destination_number" expression="^1"/>' +
        '<condition field="${sip_h_account}" expression="^gold$"><action application="answer"/><anti-action application="hangup" data="CALL_REJECTED"/></condition>',
    )
    expect(route(plan, call('1'))).toBe('answer()')
    expect(route(plan, call('1', { variable: () => undefined }))).toBe('hangup(CALL_REJECTED)')
    expect(route(plan, call('2'))).toBe('')
  })

  it('goes on to the next extension after one with continue', () => {
    const plan =
      extension('<condition><action application="set" data="a=1"/></condition>', 'continue="true"') +
      extension('<condition><action application="park"/></condition>')
    expect(route(plan, call('1'))).toBe('set(a=1) park()')
  })

  it('breaks on true, on false, always or never, as a condition says', () => {
    const two = (how: string, second: string): string =>
      extension(
        `<condition field="destination_number" expression="^1$" break="${how}"><action application="answer"/></condition>` +
          `<condition>${second}</condition>`,
      )
    const park = '<action application="park"/>'
    expect(route(two('on-true', park), call('1'))).toBe('answer()')
    expect(route(two('on-true', park), call('2'))).toBe('park()')
    expect(route(two('never', park), call('2'))).toBe('park()')
    expect(route(two('always', park), call('1'))).toBe('answer()')
    expect(route(two('on-false', park), call('2'))).toBe('')
  })

  it.each([
    ['all', '12', 'park()'],
    ['all', '1', ''],
    ['any', '1', 'park()'],
    ['any', '3', ''],
    ['xor', '1', 'park()'],
    ['xor', '12', ''],
  ])('combines several expressions with regex="%s": %s', (rule, number, expected) => {
    const plan = extension(
      `<condition regex="${rule}"><regex field="destination_number" expression="1"/><regex field="destination_number" expression="2"/><action application="park"/></condition>`,
    )
    expect(route(plan, call(number))).toBe(expected)
  })

  it('nests conditions; what is within has to hold as well', () => {
    const plan = extension(
      '<condition field="destination_number" expression="^1"><action application="answer"/>' +
        '<condition field="caller_id_number" expression="^1000$"><action application="park"/></condition></condition>',
    )
    expect(route(plan, call('1'))).toBe('answer() park()')
    expect(route(plan, call('1', { callerIdNumber: '2000' }))).toBe('answer()')
  })

  it('lets later conditions see the variables that inline actions set', () => {
    const plan =
      extension(
        '<condition><action application="set" data="open=yes" inline="true"/></condition>',
        'continue="true"',
      ) + extension('<condition field="${open}" expression="^yes$"><action application="park"/></condition>')
    expect(route(plan, call('1'))).toBe('set(open=yes) park()')
  })

  it.each([
    ['wday="mon-fri"', true],
    ['wday="sat,sun"', false],
    ['time-of-day="09:00-18:00"', true],
    ['time-of-day="22:00-06:00"', false],
    ['hour="12" minute="0"', true],
    ['year="2026" mon="11" mday="20-25"', true],
    ['date-time="2026-12-24 00:00~2026-12-26 23:59"', false],
    ['minute-of-day="721"', true],
    ['yday="327" week="47" mweek="4"', true],
  ])('knows the time: %s', (attributes, open) => {
    const plan = extension(
      `<condition ${attributes}><action application="park"/><anti-action application="hangup"/></condition>`,
    )
    expect(route(plan, call('1'))).toBe(open ? 'park()' : 'hangup()')
  })

  it('repeats an action as often as its loop says, and takes its data from the element too', () => {
    const plan = extension('<condition><action application="playback" loop="2">a.wav</action></condition>')
    expect(route(plan, call('1'))).toBe('playback(a.wav) playback(a.wav)')
  })

  it('reads the dialplan of the recordings', () => {
    const plan = readDialplan(CAPTURE_XML)
    expect(plan(call('hup_USER_BUSY', { context: 'capture' }))).toEqual({
      actions: [{ app: 'hangup', arg: 'USER_BUSY' }],
      match: ['hup_USER_BUSY', 'USER_BUSY'],
    })
    expect(plan(call('nobody', { context: 'capture' }))).toEqual({ actions: [] })
  })

  it('says what is wrong with XML that it cannot read', () => {
    expect(() => readDialplan('<context name="a"><extension></context>')).toThrow(ArgumentError)
    expect(() => readDialplan('<include/>')).toThrow('<context name="...">')
    const unreadable =
      '<context name="default"><extension><condition field="uuid" expression="(?P&lt;n&gt;a)"/></extension></context>'
    expect(() => readDialplan(unreadable)).toThrow('cannot be read here')
  })
})
