import { readFileSync } from 'node:fs'
import { cpus, freemem, loadavg, totalmem } from 'node:os'

/** What a machine's processors have done since it was started, in ticks of any length. */
export interface CpuTimes {
  readonly user: number
  readonly system: number
  readonly idle: number
  /** Waiting for a disk; only Linux tells. */
  readonly iowait: number | undefined
}

/** How a machine was busy between two looks at it, in per cent. */
export interface MachineLoad {
  readonly total_cpu_percent: number | undefined
  readonly percent_cpu_usr: number | undefined
  readonly percent_cpu_sys: number | undefined
  readonly percent_cpu_idle: number | undefined
  readonly percent_cpu_iow: number | undefined
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** The line `cpu` of /proc/stat: user nice system idle iowait irq softirq steal (proc(5)). */
export const parseProcStat = (text: string): CpuTimes | undefined => {
  const line = /^cpu +(.*)$/m.exec(text)?.[1]
  if (line === undefined) return undefined
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(/ +/)
    .map(Number)
  return { user: user + nice, system: system + irq + softirq + steal, idle, iowait }
}

const fromOs = (): CpuTimes => {
  const times = cpus().map((cpu) => cpu.times)
  return {
    user: sum(times.map(({ user, nice }) => user + nice)),
    system: sum(times.map(({ sys, irq }) => sys + irq)),
    idle: sum(times.map(({ idle }) => idle)),
    iowait: undefined,
  }
}

/** The processors of the machine that we run on. */
export const readCpuTimes = (): CpuTimes => {
  try {
    return parseProcStat(readFileSync('/proc/stat', 'latin1')) ?? fromOs()
  } catch {
    return fromOs()
  }
}

/** Shares of the time between two readings; undefined where none has passed. Waiting for a disk is no work. */
export const loadBetween = (before: CpuTimes, after: CpuTimes): MachineLoad => {
  const user = after.user - before.user
  const system = after.system - before.system
  const idle = after.idle - before.idle
  const iowait = (after.iowait ?? 0) - (before.iowait ?? 0)
  const total = user + system + idle + iowait
  const share = (part: number): number | undefined =>
    total > 0 ? Math.round((part / total) * 10_000) / 100 : undefined
  return {
    total_cpu_percent: share(user + system),
    percent_cpu_usr: share(user),
    percent_cpu_sys: share(system),
    percent_cpu_idle: share(idle),
    percent_cpu_iow: after.iowait === undefined ? undefined : share(iowait),
  }
}

/** Memory in use, in per cent of what the machine has, and its load average over a minute (0 on Windows). */
export const memoryAndLoad = (): { phymem_percent_usage: number; load_avg: number } => ({
  phymem_percent_usage: Math.round((1 - freemem() / totalmem()) * 10_000) / 100,
  load_avg: loadavg()[0] ?? 0,
})
