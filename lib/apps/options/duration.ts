const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `500ms`, `10s`, `1.5m`, `2h`, `0`: milliseconds; `never` is Infinity. Undefined for anything else. */
export const readDuration = (text: string): number | undefined => {
  if (text === '0') return 0
  if (text === 'never') return Infinity
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? []
  const factor = MS[unit]
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor
}

/** The shortest way to write so many milliseconds. */
export const writeDuration = (ms: number): string => {
  if (ms === Infinity) return 'never'
  if (ms === 0) return '0'
  const unit = ms % 60_000 === 0 ? 'm' : ms % 1000 === 0 ? 's' : 'ms'
  return `${ms / (MS[unit] ?? 1)}${unit}`
}
