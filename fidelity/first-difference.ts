/** Where two texts begin to differ, with a little of what comes before. */
export const firstDifference = (wanted: string, found: string): string => {
  let at = 0
  while (at < wanted.length && wanted[at] === found[at]) at++
  const from = Math.max(0, at - 30)
  return `${JSON.stringify(found.slice(from, at + 90))}, not ${JSON.stringify(wanted.slice(from, at + 90))}`
}
