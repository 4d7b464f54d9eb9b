import { parkAll, type Action, type Dialplan } from '../../lib/sim/calls/dialplan.ts'

const CAPTURE: readonly (readonly [pattern: RegExp, actions: (group: string) => Action[]])[] = [
  [/^busy$/, () => [{ app: 'respond', arg: '486 Busy Here' }]],
  [/^hbusy$/, () => [{ app: 'hangup', arg: 'USER_BUSY' }]],
  [/^hup_(.*)$/, (cause) => [{ app: 'hangup', arg: cause }]],
  [/^sip_(\d+)$/, (status) => [{ app: 'respond', arg: status }]],
  [/^ring$/, () => [{ app: 'ring_ready' }, { app: 'sleep', arg: '60000' }]],
  [
    /^early$/,
    () => [{ app: 'pre_answer' }, { app: 'sleep', arg: '2000' }, { app: 'answer' }, { app: 'park' }],
  ],
  [
    /^ringanswer$/,
    () => [{ app: 'ring_ready' }, { app: 'sleep', arg: '1000' }, { app: 'answer' }, { app: 'park' }],
  ],
  [/^echo$/, () => [{ app: 'answer' }, { app: 'echo' }]],
  [/^tone$/, () => [{ app: 'answer' }, { app: 'playback', arg: 'tone_stream://%(500,100,440);loops=-1' }]],
  [/^answer$/, () => [{ app: 'answer' }, { app: 'park' }]],
  [/^park$/, () => [{ app: 'park' }]],
]

/** The dialplan behind the recordings: profile `capture` in its own context, everything else parks. */
export const captureDialplan: Dialplan = (call) => {
  if (call.context !== 'capture') return parkAll(call)
  for (const [pattern, actions] of CAPTURE) {
    const match = pattern.exec(call.destination)
    if (!match) continue
    const found = actions(match[1] ?? '')
    return match.length > 1 ? { actions: found, match: [...match] } : found
  }
  return []
}

/** The SIP profiles of the recordings. */
export const CAPTURE_PROFILES = [
  { name: 'external', host: '127.0.0.5', port: 5080, context: 'switchio' },
  { name: 'internal', host: '127.0.0.5', port: 5060, context: 'switchio' },
  { name: 'capture', host: '127.0.0.5', port: 5090, context: 'capture' },
]

export const LIKE_RECORDED = { dialplan: captureDialplan, profiles: CAPTURE_PROFILES }
