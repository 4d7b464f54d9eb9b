import type { Command } from '../../model/packet.ts'
import { executed, text, type Position } from '../position.ts'
import { same, type Verdict } from '../verdict.ts'
import { judgeDial } from './braces.ts'

const DEST = '100@10.0.0.1'

const bridged = (
  sent: readonly Command[],
  uuid: string,
  party: string,
  vars: Readonly<Record<string, string>> = {},
): Verdict => executed(sent, uuid, 'bridge', (arg) => judgeDial(arg, vars, (dial) => same(dial, party)))

/** What `bridge` is given. */
export const bridgePositions: readonly Position[] = [
  text(
    'bridge vars',
    ({ session }, v) => session.bridge({ dest: DEST, vars: { 'sip_h_X-Name': v } }),
    (v, sent, uuid) => bridged(sent, uuid, `sofia/external/${DEST}`, { 'sip_h_X-Name': v }),
  ),
  text(
    'bridge two vars',
    ({ session }, v) => session.bridge({ dest: DEST, vars: { a: v, b: v } }),
    (v, sent, uuid) => bridged(sent, uuid, `sofia/external/${DEST}`, { a: v, b: v }),
  ),
  text(
    'bridge dest',
    ({ session }, v) => session.bridge({ dest: v, gateway: 'trunk' }),
    (v, sent, uuid) => bridged(sent, uuid, `sofia/gateway/trunk/${v}`),
  ),
  text(
    'bridge gateway',
    ({ session }, v) => session.bridge({ dest: '100', gateway: v }),
    (v, sent, uuid) => bridged(sent, uuid, `sofia/gateway/${v}/100`),
  ),
  text(
    'bridge profile',
    ({ session }, v) => session.bridge({ dest: DEST, profile: v }),
    (v, sent, uuid) => bridged(sent, uuid, `sofia/${v}/${DEST}`),
  ),
]
