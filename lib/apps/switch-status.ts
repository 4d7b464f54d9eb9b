/** What `status` says of a switch; undefined where it does not say. */
export interface SwitchStatus {
  readonly node_sessions: number | undefined
  readonly node_sessions_peak: number | undefined
  readonly node_sessions_per_sec: number | undefined
  readonly node_max_sessions_per_sec: number | undefined
  readonly node_max_sessions: number | undefined
  readonly node_idle_cpu_percent: number | undefined
}

const find = (text: string, pattern: RegExp): number | undefined => {
  const value = pattern.exec(text)?.[1]
  return value === undefined ? undefined : Number(value)
}

/** Reads the text of `status` (`status_function` in `mod_commands.c`). */
export const parseStatus = (text: string): SwitchStatus => ({
  node_sessions: find(text, /^(\d+) session\(s\) - peak/m),
  node_sessions_peak: find(text, /^\d+ session\(s\) - peak (\d+)/m),
  node_sessions_per_sec: find(text, /^(\d+) session\(s\) per Sec/m),
  node_max_sessions_per_sec: find(text, /per Sec out of max (\d+)/),
  node_max_sessions: find(text, /^(\d+) session\(s\) max/m),
  // The first figure is the least that it takes calls with, the second what is idle now.
  node_idle_cpu_percent: find(text, /^min idle cpu [\d.]+\/([\d.]+)/m),
})
