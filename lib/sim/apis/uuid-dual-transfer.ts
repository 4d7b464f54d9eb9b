import { canTransfer, transfer, type TransferTarget } from '../calls/transfer.ts'
import { partnerOf } from '../core/switch.ts'
import { sessionApi } from './session-api.ts'

/** `extension[/dialplan[/context]]`; an inline dialplan may have slashes of its own in front. */
const readTarget = (text: string): TransferTarget => {
  if (text.endsWith('/inline')) return { extension: text.slice(0, -'/inline'.length), dialplan: 'inline' }
  const [extension = '', dialplan, ...context] = text.split('/')
  return { extension, dialplan, ...(context.length > 0 ? { context: context.join('/') } : {}) }
}

/** `uuid_dual_transfer <uuid> <A target> <B target>`: each leg of a bridge goes elsewhere (`dual_transfer_function`). */
export const uuidDualTransfer = sessionApi({
  usage: '<uuid> <A-dest-exten>[/<A-dialplan>][/<A-context>] <B-dest-exten>[/<B-dialplan>][/<B-context>]',
  least: 3,
  most: 3,
  run(sw, channel, [, mine = '', theirs = '']) {
    const partner = partnerOf(sw, channel)
    if (![channel, partner ?? channel].every(canTransfer))
      return '-ERR the transfer of a leg that is being dialed is not modelled by the embedded switch\n'
    if (partner) transfer(sw, partner, readTarget(theirs))
    transfer(sw, channel, readTarget(mine))
    return '+OK\n'
  },
})
