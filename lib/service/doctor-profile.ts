import type { Client } from './client.ts'
import { ask, finding, type Check, type Finding } from './doctor-finding.ts'
import { parksAll } from './park-only.ts'

const row = (status: string, name: string): string | undefined =>
  new RegExp(`^${name}\\s+(\\S.*)$`, 'm').exec(status)?.[1]?.trim()

/** A context that hands its calls over: for `switchix serve --outbound`. */
const handsOver = (context: string, socket: string): Finding => {
  const [address = '', ...modes] = socket.trim().split(/\s+/)
  return modes.includes('async') && modes.includes('full')
    ? finding('context', 'ok', `the context ${context} hands every call over to ${address}`)
    : finding(
        'context',
        'problem',
        `the context ${context} hands every call over to ${address}, but not with "async full"`,
        `<action application="socket" data="${address} async full"/>`,
      )
}

/** The context, by the XML that the switch has of it; one that comes from elsewhere (mod_xml_curl, Lua) is not seen. */
const contextOf = async (client: Client, context: string): Promise<Finding> => {
  const xml = await ask(client, `xml_locate dialplan context name ${context}`)
  if (!xml.includes('<context')) {
    const what = `the context ${context} is not in the XML dialplan that the switch shows`
    return finding(
      'context',
      'unknown',
      what,
      'see that it parks every call: conf/dialplan/switchix.xml is one that does',
    )
  }
  const { parksAll: parks, why, socket } = parksAll(xml)
  if (parks) return finding('context', 'ok', `the context ${context} parks every call`)
  if (socket !== undefined) return handsOver(context, socket)
  return finding(
    'context',
    'problem',
    `the context ${context} does not park every call: ${why}`,
    'give the profile a context of its own that does, as conf/dialplan/switchix.xml: <param name="context" value="switchix"/>',
  )
}

/** The timer that paces what is sent; without one a leg that receives nothing never ends a playback. */
const timerOf = async (client: Client, profile: string): Promise<Finding> => {
  const xml = await ask(client, 'xml_locate configuration configuration name sofia.conf')
  const [own] =
    new RegExp(`<profile name="${profile}"[^]*?</profile>`).exec(xml.replace(/<!--[^]*?-->/g, '')) ?? []
  if (own === undefined)
    return finding('rtp timer', 'unknown', `the settings of the profile ${profile} are not shown`)
  const timer = /name="rtp-timer-name"\s+value="([^"]*)"/.exec(own)?.[1]
  return timer === 'soft'
    ? finding('rtp timer', 'ok', `the profile ${profile} has rtp-timer-name=soft`)
    : finding(
        'rtp timer',
        'warning',
        `the profile ${profile} has ${timer === undefined ? 'no rtp-timer-name' : `rtp-timer-name=${timer}`}`,
        `<param name="rtp-timer-name" value="soft"/> in the profile: without it a leg that receives no RTP never ends a playback`,
      )
}

/** The SIP profile: is it running, where do its calls go, what paces them. */
export const profile: Check = async (client, { profile: name }) => {
  const status = await ask(client, `sofia status profile ${name}`)
  const url = row(status, 'BIND-URL')
  if (url === undefined) {
    const all = await ask(client, 'sofia status')
    const running = Array.from(all.matchAll(/^\s*(\S+)\s+profile\s+\S+\s+RUNNING/gim), ([, one = '']) => one)
    const others = running.length > 0 ? `running are ${running.join(', ')}` : 'none is running'
    return [
      finding(
        'profile',
        'problem',
        `there is no SIP profile ${name}; ${others}`,
        'start it, or name another one with --profile',
      ),
    ]
  }
  const context = row(status, 'Context')
  return [
    finding('profile', 'ok', `${name} is running on ${url}`),
    ...(context === undefined ? [] : [await contextOf(client, context)]),
    await timerOf(client, name),
  ]
}
