import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { onSwitch, type Client } from './on-switch.ts'
import { recordedText } from './recording.ts'

const UUID = '66ac3784-1014-4f62-8b34-cda0ebf9b7f4'

interface Line {
  readonly head: string
  readonly text: string
}

/** The log lines in what a switch has sent: the headers of the frame, and the text without its time. */
const linesIn = (text: string): Line[] =>
  [...text.matchAll(/Content-Type: log\/data\nContent-Length: \d+\n([^]*?)\n\n([^]*?)\n(?=Content-|$)/g)].map(
    ([, head = '', line = '']) => ({ head, text: line.replace(/^[\d-]+ [\d:.]+ [\d.]+% /, '') }),
  )

const busyCall = async (client: Client): Promise<void> => {
  await client.send(
    `bgapi originate {origination_uuid=${UUID},origination_caller_id_number=100,origination_caller_id_name=Tester}sofia/external/hbusy@127.0.0.5:5090 &park()`,
  )
  await client.clock.advance(100)
}

describe('the log', () => {
  it('has its lines where the recording has them (j2): same headers, same words', () =>
    onSwitch(
      async (client) => {
        await client.send('log 7')
        await busyCall(client)
        const real = linesIn(recordedText('j2_log_events', 'conn-1'))
        const ours = linesIn(client.text())
        const legs = (all: readonly Line[]): string[] =>
          [...new Set(all.map(({ head }) => /User-Data: (.*)$/.exec(head)?.[1] ?? ''))].filter(
            (uuid) => uuid !== '',
          )
        const blind = ({ head, text }: Line, uuids: readonly string[]): string =>
          uuids
            .reduce((all, uuid, i) => all.replaceAll(uuid, `leg ${i}`), `${head} ${text}`)
            .replace(/Cur \d+ Tot \d+|Session \d+/, '#')
        const [realLegs, ourLegs] = [legs(real), legs(ours)]
        const known = new Set(real.map((line) => blind(line, realLegs)))
        const strange = ours.map((line) => blind(line, ourLegs)).filter((line) => !known.has(line))
        expect(strange).toEqual([])
        expect(ours.length).toBeGreaterThan(50)
      },
      LIKE_RECORDED,
      '',
    ))

  it('keeps to the level that was asked for, until nolog', () =>
    onSwitch(
      async (client) => {
        await client.send('log notice')
        await busyCall(client)
        const lines = linesIn(client.text())
        expect(new Set(lines.map(({ head }) => /^Log-Level: (\d)/.exec(head)?.[1]))).toEqual(new Set(['5']))
        expect(await client.send('nolog')).toBe('+OK no longer logging')
        expect(await client.send('nolog')).toBe('-ERR not loging')
        const before = linesIn(client.text()).length
        await busyCall(client)
        expect(linesIn(client.text())).toHaveLength(before)
      },
      LIKE_RECORDED,
      '',
    ))

  it('takes the lines of `api log`, behind its answer', () =>
    onSwitch(
      async (client) => {
        await client.send('log 5')
        expect(await client.send('api log notice multi line? yes')).toBe('+OK\n')
        expect(await client.send('api log err café ✓')).toBe('+OK\n')
        await client.send('api log debug not asked for')
        const lines = linesIn(client.text())
        expect(lines.map(({ text }) => text)).toEqual([
          '[NOTICE] mod_commands.c:7200 multi line? yes',
          '[ERR] mod_commands.c:7200 café ✓',
        ])
        expect(lines[0]?.head).toBe(
          'Log-Level: 5\nText-Channel: 3\nLog-File: mod_commands.c\nLog-Func: log_function\nLog-Line: 7200\nUser-Data: ',
        )
        expect(client.text()).toMatch(/\+OK\nContent-Type: log\/data/)
      },
      {},
      '',
    ))
})
