import type { Session } from '../model/session.ts'
import type { ClientApp } from '../service/client.ts'
import { createLatest } from './latest.ts'
import { duration, text, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'
import { SILENCE } from './play-clip.ts'
import { untilParked } from './until-parked.ts'

export interface DtmfCheckerOptions {
  /** The digits that the caller sends: 0-9 A-D * #. Default `123456789`. */
  readonly sequence?: string
  /** How long each of them lasts, in ms, 51 to 24 000. Default 200. */
  readonly digitDuration?: number
}

export const DTMF_CHECKER_OPTIONS: OptionTable<DtmfCheckerOptions> = {
  sequence: text('123456789', 'the digits that the caller sends', {
    pattern: /^[0-9A-D*#]+$/,
    expected: 'digits: 0-9 A-D * #',
  }),
  digitDuration: duration(200, 'how long each of them lasts', { min: 51 }),
}

/** What came out at the far leg of a call. */
export interface DtmfCheck {
  /** `host:port` of the switch that it is on. */
  readonly node: string
  /** The leg that received. */
  readonly uuid: string
  readonly expected: string
  readonly received: string
}

/** The app, and what it has found so far, on all the switches that it is loaded on. */
export interface DtmfCheckerApp extends ClientApp {
  /** Calls whose digits have all come, and come right. */
  readonly passed: number
  /** Calls that received a wrong digit, or one too many; the latest 1000. */
  readonly failed: readonly DtmfCheck[]
  /** Calls whose digits have not all come: those under way, and the latest 1000 that have ended so. */
  readonly incomplete: readonly DtmfCheck[]
}

/**
 * Sends a sequence of digits from the caller, once it is answered, and checks at the callee that the same ones arrive, each
 * once and in order. The call is not hung up.
 */
export const dtmfChecker = (options: DtmfCheckerOptions = {}): DtmfCheckerApp => {
  const { sequence, digitDuration } = readOptions('DtmfChecker', DTMF_CHECKER_OPTIONS, options)
  const underWay = new Set<DtmfCheck & { received: string }>()
  const failed = createLatest<DtmfCheck>()
  const ended = createLatest<DtmfCheck>()
  let passed = 0

  const check = async (sess: Session): Promise<void> => {
    const { node, uuid } = sess
    const found = { node, uuid, expected: sequence, received: '' }
    underWay.add(found)
    try {
      for await (const event of sess.events('DTMF')) {
        found.received += event.get('DTMF-Digit')
        if (!sequence.startsWith(found.received)) {
          if (found.received.length > sequence.length) passed--
          underWay.delete(found)
          failed.add({ ...found })
          return
        }
        if (found.received !== sequence) continue
        passed++
        underWay.delete(found)
      }
    } finally {
      if (underWay.delete(found)) ended.add(found)
    }
  }

  return {
    name: 'DtmfChecker',
    get passed() {
      return passed
    },
    get failed() {
      return failed.items
    },
    get incomplete() {
      return [...ended.items, ...underWay]
    },
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound' || sess.answered) return
        void sess.answer()
        await check(sess)
      },
      async CHANNEL_ANSWER(sess) {
        if (sess.direction !== 'outbound') return
        await untilParked(sess)
        // Digits travel with the sound.
        void sess.playback(SILENCE)
        await sess.sendDtmf(sequence, digitDuration)
      },
    },
    subscribe: ['DTMF'],
  }
}
