import { PCM } from './head.ts'

/** Writes a WAV file of 16 bits, at 8 kHz unless it is said, as many channels as there are. */
export const writeWave = (channels: readonly Int16Array[], rate = 8000): Buffer => {
  const frames = channels[0]?.length ?? 0
  const size = frames * channels.length * 2
  const out = Buffer.alloc(44 + size)
  out.write('RIFF', 0, 'latin1')
  out.writeUInt32LE(36 + size, 4)
  out.write('WAVEfmt ', 8, 'latin1')
  out.writeUInt32LE(16, 16)
  out.writeUInt16LE(PCM, 20)
  out.writeUInt16LE(channels.length, 22)
  out.writeUInt32LE(rate, 24)
  out.writeUInt32LE(rate * channels.length * 2, 28)
  out.writeUInt16LE(channels.length * 2, 32)
  out.writeUInt16LE(16, 34)
  out.write('data', 36, 'latin1')
  out.writeUInt32LE(size, 40)
  for (let i = 0; i < frames; i++)
    for (let c = 0; c < channels.length; c++)
      out.writeInt16LE(channels[c]?.[i] ?? 0, 44 + (i * channels.length + c) * 2)
  return out
}
