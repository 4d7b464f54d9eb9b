import type { SimulateOptions } from '../lib/sim/simulate.ts'
import { parkAll, type Action, type Dialplan } from '../lib/sim/calls/dialplan.ts'

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
  [
    /^socket_full$/,
    () => [
      { app: 'set', arg: 'my_var=hello world' },
      { app: 'socket', arg: '127.0.0.1:8084 async full' },
    ],
  ],
  [/^socket_async$/, () => [{ app: 'socket', arg: '127.0.0.1:8084 async' }]],
  [/^socket_sync$/, () => [{ app: 'socket', arg: '127.0.0.1:8084' }, { app: 'hangup' }]],
  [/^socket_sync_full$/, () => [{ app: 'socket', arg: '127.0.0.1:8084 full' }, { app: 'hangup' }]],
  [
    /^socket_refused$/,
    () => [
      { app: 'socket', arg: '127.0.0.1:8085 async full' },
      { app: 'hangup', arg: 'NORMAL_TEMPORARY_FAILURE' },
    ],
  ],
  [/^conf_(.*)$/, (room) => [{ app: 'answer' }, { app: 'conference', arg: `${room}@default` }]],
  [/^park$/, () => [{ app: 'park' }]],
]

/** The dialplan behind the recordings: profile `capture` in its own context, everything else parks. */
const captureDialplan: Dialplan = (call) => {
  if (call.context !== 'capture') return parkAll(call)
  for (const [pattern, actions] of CAPTURE) {
    const match = pattern.exec(call.destination)
    if (!match) continue
    const found = actions(match[1] ?? '')
    return match.length > 1 ? { actions: found, match: [...match] } : found
  }
  return []
}

const HOST = '127.0.0.5'

/** The switch of the recordings, as their README describes it. */
export const recordedSwitch: SimulateOptions = {
  hostname: 'vm',
  sps: 1000,
  maxSessions: 10_000,
  dialplan: captureDialplan,
  profiles: [
    { name: 'external', host: HOST, port: 5080, context: 'switchio' },
    { name: 'internal', host: HOST, port: 5060, context: 'switchio' },
    { name: 'capture', host: HOST, port: 5090, context: 'capture' },
  ],
}
