/** A byte of µ-law as a sample of 16 bits (ITU-T G.711). */
export const fromUlaw = (byte: number): number => {
  const b = ~byte & 0xff
  const magnitude = (((b & 0x0f) << 3) + 0x84) << ((b & 0x70) >> 4)
  return b & 0x80 ? 0x84 - magnitude : magnitude - 0x84
}

/** A byte of A-law as a sample of 16 bits (ITU-T G.711). */
export const fromAlaw = (byte: number): number => {
  const b = byte ^ 0x55
  const exponent = (b & 0x70) >> 4
  const mantissa = ((b & 0x0f) << 4) + (exponent === 0 ? 8 : 0x108)
  const magnitude = exponent > 1 ? mantissa << (exponent - 1) : mantissa
  return b & 0x80 ? magnitude : -magnitude
}
