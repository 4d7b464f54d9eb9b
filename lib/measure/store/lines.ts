import { createReadStream } from 'node:fs'

const isOdd = (text: string): boolean => {
  let odd = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd
  return odd
}

/**
 * The rows of a file as they stand there, without their line ends, many at a time. What comes after the last line end is
 * no row: it was never written to its end. In CSV (`quotes`) a line end inside quotes belongs to its field.
 */
export async function* readLines(path: string, quotes: boolean): AsyncGenerator<string[], void> {
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 19 })) {
    const lines = (rest + (chunk as string)).split('\n')
    rest = lines.pop() ?? ''
    if (!quotes || !lines.some((line) => line.includes('"'))) {
      yield lines
      continue
    }
    const rows: string[] = []
    let open = ''
    for (const line of lines) {
      const row = open === '' ? line : `${open}\n${line}`
      open = isOdd(row) ? row : ''
      if (open === '') rows.push(row)
    }
    if (open !== '') rest = `${open}\n${rest}`
    yield rows
  }
}
