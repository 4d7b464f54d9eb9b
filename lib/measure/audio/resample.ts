/**
 * Samples at another rate: the mean of those that fall together where there are more of them, a straight line between two
 * where there are fewer. Good enough to find a sound in another, not to listen to.
 */
export const resample = (samples: Int16Array, from: number, to: number): Int16Array => {
  if (from === to) return samples
  const step = from / to
  const out = new Int16Array(Math.floor(samples.length / step))
  for (let i = 0; i < out.length; i++) {
    const at = i * step
    const first = Math.floor(at)
    if (step > 1) {
      const end = Math.max(first + 1, Math.floor(at + step))
      let sum = 0
      for (let j = first; j < end; j++) sum += samples[j] ?? 0
      out[i] = sum / (end - first)
    } else {
      const a = samples[first] ?? 0
      out[i] = a + ((samples[first + 1] ?? a) - a) * (at - first)
    }
  }
  return out
}
