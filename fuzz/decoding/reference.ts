/** A reader of events that shares nothing with ours: plain, slow, line by line. Texts are one character a byte. */
export type Pair = readonly [name: string, value: string]

export const toUtf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')

/** `%XX` becomes a byte; where one of them is above 0x7f, the value is UTF-8. */
const decoded = (value: string): string => {
  const high = { seen: false }
  const bytes = value.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => {
    const byte = Number.parseInt(hex, 16)
    if (byte > 0x7f) high.seen = true
    return String.fromCharCode(byte)
  })
  return high.seen ? toUtf8(bytes) : bytes
}

/** The headers of a plain event in order, up to its blank line. */
export const plainPairs = (text: string): Pair[] => {
  const pairs: Pair[] = []
  for (const line of text.split('\n')) {
    if (line === '') break
    const colon = line.indexOf(': ')
    if (colon > 0) pairs.push([toUtf8(line.slice(0, colon)), decoded(line.slice(colon + 2))])
  }
  return pairs
}
