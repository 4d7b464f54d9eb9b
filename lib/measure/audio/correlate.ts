import FFT from 'fft.js'

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, least)))

/** Samples without their mean, from one on; silence before the first and behind the last. */
const piece = (samples: Int16Array, from: number, size: number, mean: number): Float64Array => {
  const out = new Float64Array(size)
  const first = Math.max(0, -from)
  const end = Math.min(size, samples.length - from)
  for (let i = first; i < end; i++) out[i] = (samples[from + i] ?? 0) - mean
  return out
}

export const meanOf = (samples: Int16Array): number =>
  samples.length === 0 ? 0 : samples.reduce((sum, sample) => sum + sample, 0) / samples.length

/** So few lags are summed up quicker one by one. */
const FEW = 64

const productSum = (
  short: Int16Array,
  long: Int16Array,
  lag: number,
  mean: number,
  meanOfLong: number,
): number => {
  let sum = 0
  const end = Math.min(short.length, long.length - lag)
  for (let i = Math.max(0, -lag); i < end; i++)
    sum += ((short[i] ?? 0) - mean) * ((long[lag + i] ?? 0) - meanOfLong)
  return sum
}

/**
 * Cross-correlation of a short sound with a long one: for each lag from `from` to `to` (in samples) the sum over the short one
 * of its samples times those of the long one, that much later. By fast Fourier transform (unless they are few), block by block (overlap-save).
 */
export const correlate = (short: Int16Array, long: Int16Array, from: number, to: number): Float64Array => {
  const lags = new Float64Array(Math.max(0, to - from + 1))
  const [shortMean, longMean] = [meanOf(short), meanOf(long)]
  if (lags.length < FEW) return lags.map((_, i) => productSum(short, long, from + i, shortMean, longMean))
  // A block gives as many lags as it is longer than the short sound.
  const size = powerOfTwo(short.length + Math.min(lags.length, Math.max(short.length, 4096)))
  const step = size - short.length + 1
  const fft = new FFT(size)
  const spectrumOf = (samples: Int16Array, at: number, length: number, mean: number): Float64Array => {
    const spectrum = new Float64Array(2 * size)
    const data = new Float64Array(size)
    data.set(piece(samples, at, length, mean))
    fft.realTransform(spectrum, data)
    fft.completeSpectrum(spectrum)
    return spectrum
  }
  const pattern = spectrumOf(short, 0, short.length, shortMean)
  const back = new Float64Array(2 * size)
  for (let done = 0; done < lags.length; done += step) {
    const block = spectrumOf(long, from + done, size, longMean)
    for (let i = 0; i < block.length; i += 2) {
      const [a, b, c, d] = [block[i] ?? 0, block[i + 1] ?? 0, pattern[i] ?? 0, pattern[i + 1] ?? 0]
      // Times the conjugate: that is what makes it a correlation.
      block[i] = a * c + b * d
      block[i + 1] = b * c - a * d
    }
    fft.inverseTransform(back, block)
    for (let i = 0; i < step && done + i < lags.length; i++) lags[done + i] = back[2 * i] ?? 0
  }
  return lags
}
