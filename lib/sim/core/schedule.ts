import type { TimerHandle } from '../../clock.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { emitGeneral } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { hangup } from '../channel/hangup.ts'
import { KINDS } from '../events/kinds.ts'
import { cancel, later, type Switch } from './switch.ts'
import { TIMING } from './timing.ts'

/** Something that the switch's scheduler will do. */
export interface Task {
  readonly id: number
  /** Mostly the uuid of the channel that it is about. */
  readonly group: string
  readonly desc: string
  /** Seconds since the epoch. */
  at: number
  /** Seconds after which it is done again; 0 for once. */
  readonly every: number
  readonly run: () => void
  timer: TimerHandle | undefined
}

const about = (task: Task): string =>
  `\nTask-ID: ${task.id}${header('Task-Desc', task.desc)}${header('Task-Group', task.group)}\nTask-Runtime: ${task.at}`

/**
 * The scheduler looks at its tasks every half second, and sees whole seconds only (`switch_scheduler.c`): a task runs
 * with the first tick in, or after, its second.
 */
const msUntil = (sw: Switch, at: number): number => {
  const phase = (sw.startedAt / 1000) % TIMING.schedulerTick
  const due = Math.max(at * 1000, sw.clock.now())
  return Math.ceil((due - phase) / TIMING.schedulerTick) * TIMING.schedulerTick + phase - sw.clock.now()
}

const secondNow = (sw: Switch): number => Math.floor(sw.clock.now() / 1000)

const remove = (sw: Switch, task: Task): void => {
  cancel(sw, task.timer)
  sw.tasks.delete(task.id)
  emitGeneral(sw, KINDS.delSchedule, about(task))
}

/** One that is taken back is only marked so, and goes with the next tick. */
const removeWithTick = (sw: Switch, task: Task): void => {
  cancel(sw, task.timer)
  sw.tasks.delete(task.id)
  later(sw, msUntil(sw, 0), () => emitGeneral(sw, KINDS.delSchedule, about(task)), true)
}

const carryOut = (sw: Switch, task: Task): void => {
  task.run()
  if (!sw.tasks.has(task.id)) return
  if (task.every > 0) {
    task.at = secondNow(sw) + task.every
    emitGeneral(sw, KINDS.reSchedule, about(task))
    arm(sw, task, true)
  } else remove(sw, task)
}

/** One that comes again and again keeps a virtual clock from nothing, or it would never end. */
const arm = (sw: Switch, task: Task, background: boolean): void => {
  cancel(sw, task.timer)
  task.timer = later(sw, msUntil(sw, task.at), () => carryOut(sw, task), background)
}

/** When something is to be done: seconds since the epoch; `+<seconds>` is from now, `@<seconds>` again and again. */
const readTime = (sw: Switch, when: string): { at: number; every: number } => {
  const behindFirst = Number.parseInt(when.slice(1), 10) || 0
  if (when.startsWith('@')) return { at: secondNow(sw) + behindFirst, every: behindFirst }
  return { at: when.startsWith('+') ? secondNow(sw) + behindFirst : Number.parseInt(when, 10) || 0, every: 0 }
}

/** Schedules something for a group, and gives its number (`switch_scheduler_add_task`). */
export const schedule = (
  sw: Switch,
  when: string,
  { group, desc }: { group: string; desc: string },
  run: () => void,
): number => {
  const task: Task = { id: ++sw.counters.tasks, group, desc, ...readTime(sw, when), run, timer: undefined }
  sw.tasks.set(task.id, task)
  sw.channels.get(group)?.tasks.push(task)
  emitGeneral(sw, KINDS.addSchedule, about(task))
  arm(sw, task, task.every > 0)
  return task.id
}

/**
 * Hangs a channel up at a time: `+<seconds>` from now, or seconds since the epoch. `0`, or a time of one digit without
 * the `+`, does it now: FreeSWITCH reads the number behind the first character (`sched_hangup_function`).
 */
export const scheduleHangup = (sw: Switch, channel: Channel, when: string, cause: string): void => {
  const now = (): void => {
    if (isUp(channel)) hangup(sw, channel, cause, 'command')
  }
  if ((Number.parseInt(when.slice(1), 10) || 0) === 0) now()
  else schedule(sw, when, { group: channel.uuid, desc: 'switch_ivr_schedule_hangup' }, now)
}

/** `sched_transfer`: sends a channel elsewhere at a time, if it is there then. */
export const scheduleTransfer = (
  sw: Switch,
  channel: Channel,
  when: string,
  go: (channel: Channel) => void,
): void => {
  const { uuid } = channel
  schedule(sw, when, { group: uuid, desc: 'switch_ivr_schedule_transfer' }, () => {
    const now = sw.channels.get(uuid)
    if (now && isUp(now)) go(now)
  })
}

/** Takes back a task by its number, or all those of a group, which is a channel's uuid; how many there were. */
export const deleteTasks = (sw: Switch, which: string): number => {
  const chosen = [...sw.tasks.values()].filter((task) =>
    /^\d+$/.test(which) ? task.id === Number(which) : task.group === which,
  )
  for (const task of chosen) removeWithTick(sw, task)
  return chosen.length
}

/** A channel is gone, and its tasks with it (`switch_core_session_destroy`). */
export const forgetTasks = (sw: Switch, channel: Channel): void => {
  for (const task of channel.tasks) if (sw.tasks.has(task.id)) removeWithTick(sw, task)
}
