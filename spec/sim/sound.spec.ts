import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSamples } from '../../lib/sim/media/wave.ts'
import { readWaveHead } from '../../lib/wave/head.ts'
import { writeWave } from '../../lib/wave/write.ts'
import { keyOf, readTones } from '../../lib/sim/media/tones.ts'
import { ofLeg } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'
import type { WireEvent } from './recording.ts'

const header = (event: WireEvent | undefined, name: string): string | undefined =>
  event?.headers.find(([one]) => one === name)?.[1]

const app = (client: Client, uuid: string, name: string, arg = ''): Promise<string> =>
  client.send(
    `sendmsg ${uuid}\ncall-command: execute\nexecute-app-name: ${name}${arg === '' ? '' : `\nexecute-app-arg: ${arg}`}`,
  )

/** A call to the switch itself, both legs answered and parked: A dials, B was called. */
const call = async (client: Client): Promise<string> => {
  await client.send('bgapi originate {origination_uuid=a}sofia/external/park@127.0.0.1:5080 &park()')
  const b = client.uuid('B')
  await app(client, b, 'answer')
  await client.clock.advance(100)
  return b
}

const story = (client: Client, leg: string): string[] =>
  ofLeg(client.wire().events, leg)
    .filter(({ name }) => /^(PLAYBACK|DTMF|DETECTED|RECORD|CHANNEL_EXECUTE)/.test(name))
    .map((event) => {
      const what = ['Application', 'DTMF-Digit', 'Detected-Tone', 'Playback-Status', 'Application-Response']
      return [event.name, ...what.flatMap((name) => header(event, name) ?? [])].join(' ')
    })

const withFolder = async (run: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sound-'))
  try {
    await run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** How strong a frequency is in samples of 8 kHz (Goertzel). */
const strength = (samples: Int16Array, frequency: number): number => {
  const k = 2 * Math.cos((2 * Math.PI * frequency) / 8000)
  let [a, b] = [0, 0]
  for (const sample of samples) [a, b] = [sample + k * a - b, a]
  return Math.sqrt(Math.max(0, a * a + b * b - k * a * b)) / Math.max(1, samples.length)
}

const tone = (frequency: number, ms: number): Int16Array =>
  Int16Array.from({ length: ms * 8 }, (_, i) => 10_000 * Math.sin((2 * Math.PI * frequency * i) / 8000))

describe('tones', () => {
  it('are as long as TGML says', () => {
    expect(readTones('%(200,0,500)').ms).toBe(200)
    expect(readTones('%(500,100,440);L=3').ms).toBe(1800)
    expect(readTones('d=200;w=100;123').ms).toBe(900)
    expect(readTones('v=-7;%(100,0,941.0,1477.0);v=-7;>=2;+=.1;%(1400,0,350,440)').ms).toBe(1500)
    expect(readTones('l=4;%(10,10,440)').notes).toHaveLength(4)
    expect(readTones('1').ms).toBe(312.5)
  })

  it('of keys are known as those keys', () => {
    for (const key of '0123456789*#ABCD') expect(keyOf(readTones(key).notes[0]?.frequencies ?? [])).toBe(key)
    expect(keyOf([440, 480])).toBeUndefined()
    expect(keyOf([697])).toBeUndefined()
  })

  it('any text is read, never with a stack', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readTones(text).ms).toBeGreaterThanOrEqual(0)
      }),
    )
    expect(readTones('L=999999999;%(1,0,440)').notes.length).toBeLessThan(20_000)
  })

  it('are detected, once for everybody and once for the channel (c3)', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await app(client, b, 'tone_detect', 'busy 480,620 r +60')
      await client.send('api uuid_broadcast a tone_stream://%(2000,0,480,620)')
      await client.clock.advance(1000)
      const detected = client.wire().events.filter(({ name }) => name === 'DETECTED_TONE')
      expect(detected.map(({ leg }) => leg)).toEqual(['-', 'B'])
      expect(detected.map((event) => header(event, 'Detected-Tone'))).toEqual(['busy', 'busy'])
      expect(header(detected[0], 'Event-Sequence')).toBe(header(detected[1], 'Event-Sequence'))
      expect(Number(await client.send(`api uuid_getvar ${b} tone_detect_busy_total_time`))).toBeGreaterThan(
        100,
      )
    }))

  it('another tone is not it, nor one that is too short, nor one that is muted', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await app(client, b, 'tone_detect', 'busy 480,620 r')
      for (const sound of ['%(500,0,440)', '%(60,60,480,620);L=5', 'd=500;5'])
        await client.send(`api uuid_broadcast a tone_stream://${sound}`)
      await client.clock.advance(6000)
      await client.send('api uuid_audio a start write mute 1')
      await client.send('api uuid_broadcast a tone_stream://%(500,0,480,620)')
      await client.clock.advance(2000)
      expect(story(client, 'B').filter((line) => line.startsWith('DETECTED'))).toEqual([])
    }))

  it('of keys are digits to who listens for them', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await app(client, b, 'spandsp_start_dtmf')
      await client.send('api uuid_broadcast a tone_stream://d=200;w=100;12#')
      await client.clock.advance(2000)
      expect(story(client, 'B').filter((line) => line.startsWith('DTMF'))).toEqual([
        'DTMF 1',
        'DTMF 2',
        'DTMF %23',
      ])
      await app(client, b, 'spandsp_stop_dtmf')
      await client.send('api uuid_broadcast a tone_stream://d=200;w=100;4')
      await client.clock.advance(2000)
      expect(story(client, 'B').filter((line) => line.startsWith('DTMF'))).toHaveLength(3)
    }))

  it('that play for ever keep the clock from nothing', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await app(client, b, 'start_dtmf')
      await app(client, 'a', 'playback', '{loops=-1}tone_stream://%(200,200,697,1209)')
      await client.clock.advance(1000)
      expect(story(client, 'B').filter((line) => line === 'DTMF 1').length).toBeGreaterThan(1)
      await client.clock.run()
    }))
})

describe('playing', () => {
  it('counts what was read: a file in blocks, tones in passes (a3, c3)', () =>
    onSwitch(async (client) => {
      await call(client)
      const play = async (sound: string, ms: number): Promise<(string | undefined)[]> => {
        await app(client, 'a', 'playback', sound)
        await client.clock.advance(ms)
        await client.send('api uuid_break a')
        await client.clock.advance(100)
        const stop = ofLeg(client.wire().events, 'A').findLast(({ name }) => name === 'PLAYBACK_STOP')
        return ['ms', 'samples'].map((name) => header(stop, `variable_playback_${name}`))
      }
      expect(await play('test/long.wav', 500)).toEqual(['2048', '16384'])
      expect(await play('test/half.wav', 1000)).toEqual(['500', '4000'])
      expect(await play('tone_stream://%(2000,0,480,620)', 500)).toEqual(['2000', '16000'])
    }))

  it('one file after the other, with a pause; what is missing is left out', () =>
    onSwitch(async (client) => {
      await call(client)
      await app(client, 'a', 'multiset', 'playback_delimiter=! playback_sleep_val=100')
      await app(client, 'a', 'playback', 'test/half.wav!nosuch.wav!test/half.wav')
      await client.clock.advance(3000)
      expect(story(client, 'A').slice(-6)).toEqual([
        'CHANNEL_EXECUTE playback',
        'PLAYBACK_START',
        'PLAYBACK_STOP done',
        'PLAYBACK_START',
        'PLAYBACK_STOP done',
        'CHANNEL_EXECUTE_COMPLETE playback FILE%20PLAYED',
      ])
    }))

  it('endless_playback begins again after a break, loop_playback counts', () =>
    onSwitch(async (client) => {
      await call(client)
      await app(client, 'a', 'endless_playback', 'test/long.wav')
      await client.clock.advance(100)
      await client.send('api uuid_break a')
      await client.clock.advance(100)
      expect(story(client, 'A').slice(-2)).toEqual(['PLAYBACK_STOP break', 'PLAYBACK_START'])
      await client.send('api uuid_transfer a park')
      await client.clock.advance(100)
      const from = story(client, 'A').length
      await app(client, 'a', 'loop_playback', '+3 test/half.wav')
      await client.clock.advance(5000)
      expect(
        story(client, 'A')
          .slice(from)
          .filter((line) => line === 'PLAYBACK_START'),
      ).toHaveLength(3)
    }))

  it('an offset skips, a timeout ends, gentones has no events of its own', () =>
    onSwitch(async (client) => {
      await call(client)
      await app(client, 'a', 'playback', 'test/short.wav@@4000')
      await client.clock.advance(560)
      expect(story(client, 'A').at(-1)).toMatch(/COMPLETE playback FILE%20PLAYED/)
      await app(client, 'a', 'set', 'playback_timeout_sec=2')
      await app(client, 'a', 'playback', 'test/long.wav')
      await client.clock.advance(2100)
      expect(story(client, 'A').at(-1)).toMatch(/COMPLETE playback/)
      await app(client, 'a', 'gentones', '%(100,0,440)|3')
      await client.clock.advance(100)
      expect(story(client, 'A').at(-1)).toBe('CHANNEL_EXECUTE gentones')
      await client.clock.advance(300)
      expect(story(client, 'A').slice(-2)).toEqual([
        'CHANNEL_EXECUTE gentones',
        'CHANNEL_EXECUTE_COMPLETE gentones _none_',
      ])
    }))

  it('parameters of a sound are headers of its events', () =>
    onSwitch(async (client) => {
      await call(client)
      await app(client, 'a', 'playback', '{my_id=7}test/half.wav')
      await client.clock.advance(600)
      const stop = ofLeg(client.wire().events, 'A').find(({ name }) => name === 'PLAYBACK_STOP')
      expect(header(stop, 'my_id')).toBe('7')
    }))

  it('wait_for_silence waits until the far end has spoken and stopped', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await app(client, b, 'wait_for_silence', '200 10 5 20000')
      await client.clock.advance(3000)
      await app(client, 'a', 'playback', 'test/short.wav')
      await client.clock.advance(1100)
      expect(story(client, 'B').at(-1)).toBe('CHANNEL_EXECUTE wait_for_silence')
      await client.clock.advance(200)
      expect(story(client, 'B').at(-1)).toBe('CHANNEL_EXECUTE_COMPLETE wait_for_silence _none_')
    }))

  it('read asks for digits', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await app(client, b, 'read', '1 4 silence pin 3000 #')
      await client.send('api uuid_send_dtmf a 12#@100')
      await client.clock.advance(3000)
      expect(await client.send(`api uuid_getvar ${b} pin`)).toBe('12')
    }))
})

describe('WAV files', () => {
  it('that are written are read as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 1 }), (values) => {
        const bytes = writeWave([Int16Array.from(values)])
        const head = readWaveHead(bytes)
        expect(head?.ms).toBe(values.length / 8)
        expect(head && [...decodeSamples(bytes, head)]).toEqual(values)
      }),
    )
  })

  it('any bytes are a WAV file or none', () => {
    const wave = writeWave([tone(440, 20)])
    fc.assert(
      fc.property(fc.nat(wave.length), fc.nat(255), (at, value) => {
        const bytes = Buffer.from(wave)
        bytes[Math.min(at, bytes.length - 1)] = value
        const head = readWaveHead(bytes)
        if (head && head.ms < 1e6) decodeSamples(bytes, head)
      }),
    )
  })

  it('G.711, stereo and other rates are read', () => {
    const ulaw = Buffer.concat([
      writeWave([new Int16Array(1)]).subarray(0, 44),
      Buffer.from([0xff, 0x00, 0x80, 0xff]),
    ])
    ulaw.writeUInt16LE(7, 20)
    ulaw.writeUInt16LE(8, 34)
    ulaw.writeUInt32LE(4, 40)
    const head = readWaveHead(ulaw)
    expect(head && [...decodeSamples(ulaw, head)]).toEqual([0, -32_124, 32_124, 0])
    const stereo = writeWave([tone(440, 10), tone(440, 10).map((sample) => -sample)])
    const both = readWaveHead(stereo)
    expect(both && new Set(decodeSamples(stereo, both))).toEqual(new Set([0, -0]))
  })

  it('are played for as long as they are, and heard at the other end', () =>
    withFolder(async (folder) => {
      mkdirSync(join(folder, 'sounds', 'my'), { recursive: true })
      writeFileSync(join(folder, 'sounds', 'my', 'tone.wav'), writeWave([tone(1004, 700)]))
      const options = { soundsDir: join(folder, 'sounds'), recordingsDir: join(folder, 'rec') }
      await onSwitch(async (client) => {
        await call(client)
        await client.send(`api uuid_record ${client.uuid('B')} start call.wav`)
        await app(client, 'a', 'playback', 'my/tone')
        await client.clock.advance(730)
        expect(story(client, 'A').at(-1)).toMatch(/COMPLETE playback FILE%20PLAYED/)
        await client.clock.advance(280)
        await client.send(`api uuid_record ${client.uuid('B')} stop call.wav`)
        await app(client, 'a', 'playback', 'my/none.wav')
        await client.clock.advance(100)
        expect(story(client, 'A').at(-1)).toMatch(/FILE%20NOT%20FOUND/)
      }, options)
      const bytes = readFileSync(join(folder, 'rec', 'call.wav'))
      const head = readWaveHead(bytes)
      const samples = head ? decodeSamples(bytes, head) : new Int16Array()
      expect(head).toMatchObject({ channels: 1, rate: 8000, bits: 16 })
      expect(samples.length).toBe(8160)
      expect(strength(samples.subarray(400, 4000), 1004)).toBeGreaterThan(1000)
      expect(strength(samples.subarray(6600), 1004)).toBeLessThan(10)
    }))

  it('are recorded into the folder that recordings_dir names, where that was given as a relative path, too', () =>
    withFolder(async (folder) => {
      await onSwitch(
        async (client) => {
          const b = await call(client)
          const dir = (await client.send('api global_getvar recordings_dir')).trim()
          expect(dir).toBe(join(folder, 'rec'))
          await client.send(`api uuid_record ${b} start ${dir}/named.wav`)
          await client.send(`api uuid_record ${b} start ./plain.wav`)
          await client.clock.advance(500)
          await client.send(`api uuid_record ${b} stop all`)
        },
        { recordingsDir: relative(process.cwd(), join(folder, 'rec')) },
      )
      for (const name of ['named.wav', 'plain.wav'])
        expect(readWaveHead(readFileSync(join(folder, 'rec', name)))).toMatchObject({ rate: 8000 })
    }))

  it('of a stereo recording have what was heard left and what was said right; a path elsewhere stays inside', () =>
    withFolder(async (folder) => {
      await onSwitch(
        async (client) => {
          const b = await call(client)
          await client.send(`api uuid_setvar ${b} RECORD_STEREO true`)
          await client.send(`api uuid_record ${b} start /tmp/elsewhere/both.wav`)
          await app(client, 'a', 'playback', 'tone_stream://%(400,0,700)')
          await app(client, b, 'playback', 'tone_stream://%(400,0,1500)')
          await client.clock.advance(500)
          await client.send(`api uuid_record ${b} stop all`)
        },
        { recordingsDir: folder },
      )
      const bytes = readFileSync(join(folder, 'tmp/elsewhere/both.wav'))
      expect(readWaveHead(bytes)?.channels).toBe(2)
      const side = (channel: number): Int16Array =>
        Int16Array.from({ length: 2000 }, (_, i) => bytes.readInt16LE(44 + ((i + 800) * 2 + channel) * 2))
      expect(strength(side(0), 700)).toBeGreaterThan(10 * strength(side(0), 1500))
      expect(strength(side(1), 1500)).toBeGreaterThan(10 * strength(side(1), 700))
    }))

  it('are the same in every run, through echo, bridge and mute', () =>
    withFolder(async (folder) => {
      const run = (name: string): Promise<void> =>
        onSwitch(
          async (client) => {
            const b = await call(client)
            await client.send(`api uuid_record a start ${name}.wav`)
            await app(client, b, 'echo')
            await app(client, 'a', 'playback', 'tone_stream://%(300,0,600)')
            await client.clock.advance(200)
            await client.send(`api uuid_record a mask ${name}.wav`)
            await client.clock.advance(60)
            await client.send(`api uuid_record a unmask ${name}.wav`)
            await client.send(`api uuid_audio a start read mute 1`)
            await client.clock.advance(300)
            await client.send('api uuid_kill a')
            await client.clock.advance(100)
          },
          { recordingsDir: folder },
        )
      await run('one')
      await run('two')
      const [one, two] = ['one', 'two'].map((name) => readFileSync(join(folder, `${name}.wav`)))
      expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true)
      const head = one && readWaveHead(one)
      const samples = one && head ? decodeSamples(one, head) : new Int16Array()
      expect(strength(samples.subarray(400, 1200), 600)).toBeGreaterThan(1000)
    }))

  it('record takes down what the far end says until a digit comes', () =>
    withFolder(async (folder) => {
      await onSwitch(
        async (client) => {
          const b = await call(client)
          await app(client, b, 'record', 'msg.wav +60')
          await app(client, 'a', 'playback', 'tone_stream://%(2000,0,600)')
          await client.clock.advance(1000)
          await client.send('api uuid_send_dtmf a *@100')
          await client.clock.advance(500)
          expect(story(client, 'B').at(-1)).toBe('CHANNEL_EXECUTE_COMPLETE record _none_')
          expect(await client.send(`api uuid_getvar ${b} playback_terminator_used`)).toBe('*')
          const size = await client.send(`api uuid_getvar ${b} record_file_size`)
          expect(Number(size)).toBe(readFileSync(join(folder, 'msg.wav')).length)
        },
        { recordingsDir: folder },
      )
    }))
})
