import { describe, expectTypeOf, it } from 'vitest'
import { createEvent, isEvent, type EslEvent } from '../../lib/esl/event.ts'
import type { EventName } from '../../lib/esl/event-names.ts'
import { isEventName } from '../../lib/esl/subscribable.ts'
import { isHangupCause, type HangupCause, type KnownHangupCause } from '../../lib/esl/hangup-causes.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import type { SureHeader } from '../../lib/esl/sure-headers.ts'

declare const dtmf: EslEvent<'DTMF'>
declare const either: EslEvent<'DTMF' | 'CHANNEL_HANGUP'>
declare const any: EslEvent
declare const custom: EslEvent<'mod_bert::in_sync'>

/** Judged by the compiler; nothing in here runs. */
const compiles = (never: () => unknown): unknown => typeof never

describe('the types of events', () => {
  it('a header that such events always carry is a string', () => {
    compiles(() => {
      expectTypeOf(dtmf.get('DTMF-Digit')).toEqualTypeOf<string>()
      expectTypeOf(dtmf.get('Unique-ID')).toEqualTypeOf<string>()
      expectTypeOf(dtmf.get('Event-Sequence')).toEqualTypeOf<string>()
    })
  })

  it('any other may be undefined, unknown ones and variables included', () => {
    compiles(() => {
      expectTypeOf(any.get('DTMF-Digit')).toEqualTypeOf<string | undefined>()
      expectTypeOf(any.get('Unique-ID')).toEqualTypeOf<string | undefined>()
      expectTypeOf(dtmf.get('Hangup-Cause')).toEqualTypeOf<string | undefined>()
      expectTypeOf(dtmf.get('variable_x')).toEqualTypeOf<string | undefined>()
      expectTypeOf(dtmf.get('No-Such-Header')).toEqualTypeOf<string | undefined>()
    })
  })

  it('every event carries the core headers', () => {
    compiles(() => {
      expectTypeOf(any.get('Event-Name')).toEqualTypeOf<string>()
      expectTypeOf(custom.get('Event-Date-Timestamp')).toEqualTypeOf<string>()
    })
  })

  it('of several events, only what all of them carry is sure', () => {
    compiles(() => {
      expectTypeOf(either.get('Unique-ID')).toEqualTypeOf<string>()
      expectTypeOf(either.get('DTMF-Digit')).toEqualTypeOf<string | undefined>()
      expectTypeOf(either.get('Hangup-Cause')).toEqualTypeOf<string | undefined>()
      expectTypeOf<'DTMF-Digit'>().not.toExtend<SureHeader<'DTMF' | 'CHANNEL_HANGUP'>>()
    })
  })

  it('a name that no event has does not compile; a subclass does', () => {
    compiles(() => {
      // @ts-expect-error there is no such event
      expectTypeOf<EslEvent<'CHANNEL_ANSWERED'>>()
      // @ts-expect-error a subclass in capitals is declared by customEvent
      expectTypeOf<EslEvent<'PTI'>>()
      // @ts-expect-error it is called DTMF
      isEvent(any, 'DTMFF')
      expectTypeOf<EslEvent<'conference::maintenance'>>().toHaveProperty('get')
      expectTypeOf<'my::own' | 'update_aliasr' | 'CUSTOM'>().toExtend<EventName>()
    })
  })

  it('an event of a known name is an event: what takes any takes it', () => {
    compiles(() => {
      const helper = (event: EslEvent): string => event.name
      const app: ClientApp = {
        name: 'Helping',
        on: {
          DTMF: (_, event) => helper(event),
          CUSTOM: (_, event) => helper(event),
          update_aliasr: (_, event) => helper(event),
          'a::b': [(_, event) => helper(event)],
        },
        handle: { HEARTBEAT: helper, 'a::b': helper, pti: helper },
      }
      expectTypeOf(dtmf).toExtend<EslEvent>()
      expectTypeOf(custom).toExtend<EslEvent>()
      expectTypeOf(either).toExtend<EslEvent>()
      expectTypeOf(dtmf).toExtend<typeof either>()
      // @ts-expect-error it may be another event, without that header
      const one: EslEvent<'DTMF'> = any
      return [app, one]
    })
  })

  it('isEvent and isEventName narrow', () => {
    compiles(() => {
      if (isEvent(any, 'DTMF')) expectTypeOf(any.get('DTMF-Digit')).toEqualTypeOf<string>()
      const name: string = any.name
      if (isEventName(name)) expectTypeOf(name).toEqualTypeOf<EventName>()
    })
  })

  it('an event cannot be written to', () => {
    compiles(() => {
      const event = createEvent('', 'plain')
      // @ts-expect-error a view is for reading
      event.name = 'DTMF'
      // @ts-expect-error a view is for reading
      event.body = ''
    })
  })

  it('hangup causes are known by name, and others pass', () => {
    compiles(() => {
      const other: HangupCause = 'SOMETHING_NEWER'
      if (isHangupCause(other)) expectTypeOf(other).toExtend<KnownHangupCause>()
      // @ts-expect-error not a cause that is known
      const known: KnownHangupCause = 'SOMETHING_NEWER'
      return known
    })
  })
})
