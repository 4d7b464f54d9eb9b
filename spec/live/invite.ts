import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'

/** As little of a SIP telephone as it takes to send one INVITE and hear what becomes of it (RFC 3261, 17.1.1). */

const header = (message: string, name: string): string =>
  new RegExp(`^${name}: *(.*)$`, 'im').exec(message)?.[1]?.trim() ?? ''

/** How long the final response may take, in ms. */
const PATIENCE = 15_000

/**
 * Sends an INVITE for `uri` to `host:port`, whatever stands in the URI, and resolves with the status of the final response. A call that
 * is answered is hung up.
 */
export const invite = async (to: string, uri: string): Promise<number> => {
  const [host = '', port = '5060'] = to.split(':')
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const own = `127.0.0.1:${socket.address().port}`
  const id = randomUUID()
  const sdp = [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...['m=audio 40000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', ''],
  ].join('\r\n')
  const request = (method: string, branch: string, toHeader: string, body = ''): string =>
    [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own};rport;branch=z9hG4bK${branch}`,
      'Max-Forwards: 70',
      `From: <sip:spec@${own}>;tag=${id.slice(0, 8)}`,
      `To: ${toHeader}`,
      `Call-ID: ${id}`,
      `CSeq: ${method === 'BYE' ? 2 : 1} ${method}`,
      `Contact: <sip:spec@${own}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n')
  const send = (text: string): void => socket.send(text, Number(port), host)
  try {
    return await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no final response to ${uri}`)), PATIENCE)
      socket.on('message', (bytes) => {
        const message = bytes.toString('latin1')
        const status = Number(/^SIP\/2\.0 (\d{3})/.exec(message)?.[1] ?? 0)
        if (status < 200 || !header(message, 'CSeq').endsWith('INVITE')) return
        clearTimeout(timer)
        send(request('ACK', status < 300 ? `${id}a` : id, header(message, 'To')))
        if (status < 300) send(request('BYE', `${id}b`, header(message, 'To')))
        resolve(status)
      })
      send(request('INVITE', id, `<sip:switch@${to}>`, sdp))
    })
  } finally {
    socket.close()
  }
}
