import { readFileSync } from 'node:fs'
import { parkAll, type Dialplan } from '../../lib/sim/calls/dialplan.ts'
import { readDialplan } from '../../lib/sim/dialplan/read-dialplan.ts'

/** The dialplan behind the recordings, as the real switch had it. */
export const CAPTURE_XML = readFileSync(
  new URL('../../fidelity/recordings/dialplan.xml', import.meta.url),
  'utf8',
)

const capture = readDialplan(CAPTURE_XML)

/** Profile `capture` in its own context; everything else parks. */
export const captureDialplan: Dialplan = (call) =>
  call.context === 'capture' ? capture(call) : parkAll(call)

/** The SIP profiles of the recordings. */
export const CAPTURE_PROFILES = [
  { name: 'external', host: '127.0.0.5', port: 5080, context: 'switchio' },
  { name: 'internal', host: '127.0.0.5', port: 5060, context: 'switchio' },
  { name: 'capture', host: '127.0.0.5', port: 5090, context: 'capture' },
]

export const LIKE_RECORDED = { dialplan: captureDialplan, profiles: CAPTURE_PROFILES }
