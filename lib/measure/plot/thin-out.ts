/** A point of a line: the number of the call, and the value, NaN where there is none. */
export type Point = readonly [x: number, y: number]

/**
 * The points of a line of which a picture shows so many columns: of each column the least and the greatest, in their order,
 * so that no peak is lost. A line that is short stays as it is.
 */
export const thinOut = (values: readonly number[], columns: number): Point[] => {
  if (values.length <= columns * 2) return values.map((y, x) => [x, y])
  const points: Point[] = []
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * values.length) / columns)
    const to = Math.floor(((column + 1) * values.length) / columns)
    let [least, most] = [-1, -1]
    for (let x = from; x < to; x++) {
      const y = values[x] ?? Number.NaN
      if (Number.isNaN(y)) continue
      if (least < 0 || y < (values[least] ?? 0)) least = x
      if (most < 0 || y > (values[most] ?? 0)) most = x
    }
    if (least < 0) points.push([from, Number.NaN])
    else
      for (const x of new Set([Math.min(least, most), Math.max(least, most)]))
        points.push([x, values[x] ?? Number.NaN])
  }
  return points
}
