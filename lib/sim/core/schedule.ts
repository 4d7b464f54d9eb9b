import { isUp, type Channel } from '../channel/channel.ts'
import { hangup } from '../channel/hangup.ts'
import { KINDS } from '../events/kinds.ts'
import { awaitDue, secondNow, tell, type Task } from './scheduler.ts'
import type { Switch } from './switch.ts'

/**
 * When something is to be done: seconds since the epoch; `+<seconds>` is from now, `@<seconds>` again and again, and so
 * is a number of seconds that has long passed (`switch_scheduler_add_task_ex`).
 */
const readTime = (sw: Switch, when: string): { at: number; every: number } => {
  const now = secondNow(sw)
  const behindFirst = Number.parseInt(when.slice(1), 10) || 0
  if (when.startsWith('@')) return { at: now + behindFirst, every: behindFirst }
  const at = when.startsWith('+') ? now + behindFirst : Number.parseInt(when, 10) || 0
  return at < now ? { at: now + at, every: at } : { at, every: 0 }
}

/** Schedules something for a group, and gives its number (`switch_scheduler_add_task`). */
export const schedule = (
  sw: Switch,
  when: string,
  { group, desc, core = false }: { group: string; desc: string; core?: boolean },
  run: () => void,
): number => {
  const task: Task = { id: ++sw.counters.tasks, group, desc, core, ...readTime(sw, when), run, gone: false }
  sw.tasks.set(task.id, task)
  const channel = sw.channels.get(group)
  if (channel) channel.tasks = [...channel.tasks, task]
  tell(sw, KINDS.addSchedule, task)
  return task.id
}

/**
 * Hangs a channel up at a time: `+<seconds>` from now, or seconds since the epoch. `0`, or a time of one digit without
 * the `+`, does it now: FreeSWITCH reads the number behind the first character (`sched_hangup_function`). Gives the
 * number of the task, if it is one.
 */
export const scheduleHangup = (
  sw: Switch,
  channel: Channel,
  when: string,
  cause: string,
): number | undefined => {
  const now = (): void => {
    if (isUp(channel)) hangup(sw, channel, cause, 'command')
  }
  if ((Number.parseInt(when.slice(1), 10) || 0) > 0)
    return schedule(sw, when, { group: channel.uuid, desc: 'switch_ivr_schedule_hangup' }, now)
  now()
  return undefined
}

/** `sched_transfer`: sends a channel elsewhere at a time, if it is there then. */
export const scheduleTransfer = (
  sw: Switch,
  channel: Channel,
  when: string,
  go: (channel: Channel) => void,
): number => {
  const { uuid } = channel
  return schedule(sw, when, { group: uuid, desc: 'switch_ivr_schedule_transfer' }, () => {
    const now = sw.channels.get(uuid)
    if (now && isUp(now)) go(now)
  })
}

/** Takes back a task by its number, or all those of a group, which is a channel's uuid; how many there were. */
export const deleteTasks = (sw: Switch, which: string): number => {
  const chosen = [...sw.tasks.values()].filter(
    (task) =>
      !task.core && !task.gone && (/^\d+$/.test(which) ? task.id === Number(which) : task.group === which),
  )
  for (const task of chosen) task.gone = true
  awaitDue(sw)
  return chosen.length
}

/** A channel is gone, and its tasks with it (`switch_core_session_destroy`). */
export const forgetTasks = (sw: Switch, channel: Channel): void => {
  if (channel.tasks.length === 0) return
  for (const task of channel.tasks) task.gone = true
  awaitDue(sw)
}
