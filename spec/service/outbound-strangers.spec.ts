import { connect as connectTcp } from 'node:net'
import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { Transport } from '../../lib/link/transport.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { listen } from '../../lib/service/listen.ts'
import { createRefusedPrinter } from '../../lib/service/print-refused.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { outcomeOf } from '../testing/promises.ts'
import { onOutbound, type Outbound } from './on-outbound-server.ts'

/** Hands a channel over, as a switch does, and answers what it is asked by `answer`. */
const handOver = async (
  { dial, clock }: Outbound,
  uuid: string,
  answer: (command: string) => string | undefined = () => undefined,
): Promise<{ readonly transport: Transport; readonly commands: string[] }> => {
  const commands: string[] = []
  let text = ''
  const usual = (command: string): string => {
    if (command.startsWith('api')) return 'Content-Type: api/response\nContent-Length: 4\n\n+OK\n'
    const data =
      command === 'connect'
        ? `Event-Name: CHANNEL_DATA\nUnique-ID: ${uuid}\nCore-UUID: one\nCall-Direction: inbound\nSocket-Mode: async\nControl: full\n`
        : 'Reply-Text: +OK\n'
    return `Content-Type: command/reply\n${data}\n`
  }
  const transport = await dial({
    data(chunk) {
      text += chunk.toString()
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const command of parts) {
        commands.push(command)
        transport.write(answer(command) ?? usual(command))
      }
    },
    close: () => undefined,
  })
  await sleep(clock, 1500)
  return { transport, commands }
}

const event = (name: string, uuid: string, headers = ''): string => {
  const body = `Event-Name: ${name}\nUnique-ID: ${uuid}\n${headers}\n`
  return `Content-Length: ${body.length}\nContent-Type: text/event-plain\n\n${body}`
}

const job = (uuid: string, output: string): string => {
  const body = `Event-Name: BACKGROUND_JOB\nJob-UUID: ${uuid}\nContent-Length: ${output.length}\n\n${output}`
  return `Content-Length: ${body.length}\nContent-Type: text/event-plain\n\n${body}`
}

const idle: ClientApp = { name: 'Idle', on: { CHANNEL_PARK: () => undefined } }

describe('a connection that was handed over', () => {
  it('tells of its own channels and their legs: events of others make no session, change none and reach no app', () => {
    const seen: string[] = []
    const app: ClientApp = {
      name: 'Seen',
      handle: {
        CHANNEL_HANGUP: ({ uuid }) => void seen.push(uuid ?? ''),
        HEARTBEAT: () => void seen.push('beat'),
      },
      on: { CHANNEL_PARK: () => undefined },
    }
    return onOutbound(app, async (at) => {
      await handOver(at, 'good')
      const evil = await handOver(at, 'evil')
      evil.transport.write(
        event('CHANNEL_HANGUP', 'good', 'Hangup-Cause: FORGED\n') + event('CHANNEL_DESTROY', 'good'),
      )
      evil.transport.write(event('CHANNEL_CREATE', 'invented') + event('HEARTBEAT', ''))
      evil.transport.write(event('CHANNEL_CREATE', 'leg', 'Other-Leg-Unique-ID: evil\n'))
      evil.transport.write(
        event('CHANNEL_CREATE', 'foreign', 'Other-Leg-Unique-ID: good\nChannel-Call-UUID: good\n'),
      )
      await sleep(at.clock, 200)
      expect(at.server.client.sessions.map(({ uuid }) => uuid)).toEqual(['good', 'evil', 'leg'])
      expect([at.server.client.session('good')?.hungup, seen]).toEqual([false, []])
    })
  })

  it('that claims the channel of another is refused, unless the switch confirms there that it was handed over again', () =>
    onOutbound(idle, async (at) => {
      await handOver(at, 'good')
      const thief = await handOver(at, 'good')
      thief.transport.write(event('CHANNEL_HANGUP', 'good', 'Hangup-Cause: FORGED\n'))
      await sleep(at.clock, 200)
      expect(at.server.client.session('good')?.hungup).toBe(false)
      expect(at.refused).toEqual([expect.objectContaining({ code: 'COMMAND_FAILED' })])
      expect(thief.commands).toContain('exit')
    }))

  it('answers only what it was asked: a result of a job counts that comes from where the job was sent', () =>
    onOutbound(idle, async (at) => {
      const good = await handOver(at, 'good')
      const evil = await handOver(at, 'evil')
      const asked = at.server.client.bgapi('status')
      await sleep(at.clock, 100)
      expect(evil.commands.filter((command) => command.startsWith('bgapi'))).toEqual([])
      evil.transport.write(job(asked.uuid, '+OK forged'))
      await sleep(at.clock, 100)
      good.transport.write(job(asked.uuid, '+OK true'))
      expect(await asked).toBe('+OK true')
    }))

  it('is asked nothing while one is up that came before it', () =>
    onOutbound(idle, async (at) => {
      const good = await handOver(at, 'good')
      const evil = await handOver(at, 'evil', (command) =>
        command === 'api secret' ? 'Content-Type: api/response\nContent-Length: 6\n\nFORGED' : undefined,
      )
      expect(await at.server.client.api('secret')).toBe('+OK\n')
      expect([good, evil].map(({ commands }) => commands.includes('api secret'))).toEqual([true, false])
      good.transport.destroy()
      await sleep(at.clock, 100)
      expect(await at.server.client.api('secret')).toBe('FORGED')
    }))
})

describe('listen with allow', () => {
  const knock = (port: number, host: string): Promise<string> =>
    new Promise((resolve) => {
      let got = ''
      const socket = connectTcp(port, host, () => void setTimeout(() => socket.destroy(), 300))
      socket.on('data', (chunk) => (got += chunk.toString()))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(got))
    })

  it('closes connections from elsewhere before a byte is said, counts them and tells of them', async () => {
    const refused: unknown[] = []
    const options = { port: 0, onRefused: (error: unknown) => refused.push(error) }
    await using server = await listen(
      { ...options, allow: ['10.0.0.0/8', '127.0.0.2', '2001:db8::/32'] },
      idle,
    )
    expect([await knock(server.port, '127.0.0.1'), server.refused]).toEqual(['', 1])
    expect(refused).toEqual([expect.objectContaining({ code: 'ACL_REJECTED' })])
    await using open = await listen({ ...options, allow: ['127.0.0.0/8'] }, idle)
    expect([await knock(open.port, '127.0.0.1'), open.refused]).toEqual(['connect\n\n', 0])
  })

  it('refuses what is no network', async () => {
    expect(await outcomeOf(listen({ port: 0, allow: ['10.0.0.0/99'] }, idle))).toMatchObject({
      code: 'BAD_ARGUMENT',
    })
  })

  it('prints so many refusals a minute, and no more', () => {
    const lines: string[] = []
    const clock = virtualClock()
    const print = createRefusedPrinter(clock, (text) => lines.push(text))
    for (let i = 0; i < 100; i++) print(new Error('a scan'))
    expect(lines).toHaveLength(21)
  })
})
