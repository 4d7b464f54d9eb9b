import { closeWindow, countFrames, noBertCount } from '../media/bert-window.ts'
import { answer } from '../calls/called-side.ts'
import { hasMedia, type Channel } from '../channel/channel.ts'
import { emit } from '../events/emit.ts'
import type { Application, Execution } from '../execution/execution.ts'
import { hangup, windDown } from '../channel/hangup.ts'
import { KINDS } from '../events/kinds.ts'
import { heardBy, watchSending } from '../media/sending.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { getVariable, isTrue, setOwn } from '../channel/variables.ts'

/** What is not a number above zero leaves the default. */
const numberOf = (channel: Channel, name: string, otherwise: number): number => {
  const number = Number.parseInt(getVariable(channel, name) ?? '', 10)
  return number > 0 ? number : otherwise
}

const giveUp = (sw: Switch, { channel }: Execution): void => {
  if (!isTrue(getVariable(channel, 'bert_hangup_on_error'))) return
  hangup(sw, channel, 'MEDIA_TIMEOUT', 'itself')
  windDown(sw, channel)
}

/** Sends the pattern and compares what comes with it, frame by frame, until the call ends. */
const test = (sw: Switch, run: Execution): void => {
  const { channel } = run
  // In samples a window that is no whole number of frames never comes out even.
  const size = numberOf(channel, 'bert_window_ms', 1000) / TIMING.frame
  const maxError = numberOf(channel, 'bert_max_err', 10)
  const timeoutFrame = Math.ceil(numberOf(channel, 'bert_timeout_ms', 10_000) / TIMING.frame)
  const count = noBertCount()
  let began = sw.clock.now()
  let pausedAt = began
  let heard = heardBy(sw, channel)
  let windowEnd = size
  let timers: (ReturnType<typeof later> | undefined)[] = []
  let synced = false
  let timedOut = false

  // A frame that is due at this very instant has come.
  const frameNow = (): number => Math.floor((sw.clock.now() - began) / TIMING.frame + 1e-6)
  const listen = (): void => {
    countFrames(count, Math.min(frameNow(), windowEnd), heard)
    heard = heardBy(sw, channel)
  }
  const at = (frame: number, fn: () => void) =>
    later(sw, Math.max(0, began + frame * TIMING.frame - sw.clock.now()), fn)

  const close = (): void => {
    countFrames(count, windowEnd, heard)
    heard = heardBy(sw, channel)
    windowEnd += size
    const verdict = closeWindow(count, size, maxError, heard)
    timers[1] = at(windowEnd + 1, close)
    if (!verdict) return
    if (verdict.now === 'in sync') {
      synced = true
      emit(sw, KINDS.bertInSync, channel)
      return
    }
    setOwn(channel, 'bert_stats_sync_lost_count', String(count.lost))
    setOwn(channel, 'bert_stats_sync_lost', 'true')
    emit(sw, KINDS.bertLostSync, channel, '', verdict.statistics)
    giveUp(sw, run)
  }
  const timeout = (): void => {
    timedOut = true
    if (synced) return
    emit(sw, KINDS.bertTimeout, channel)
    giveUp(sw, run)
  }
  const start = (): void => {
    // The timeout first: it is looked at before the window of the same frame.
    timers = [
      timedOut ? undefined : at(timeoutFrame, timeout),
      Number.isInteger(size) ? at(windowEnd + 1, close) : undefined,
    ]
  }
  const stop = (): void => {
    for (const timer of timers) cancel(sw, timer)
  }

  const { peer } = channel.leg ?? {}
  const leave = [channel, ...(peer ? [peer] : [])].map((each) => watchSending(each, listen))
  run.onPause = () => {
    listen()
    pausedAt = sw.clock.now()
    stop()
  }
  run.onResume = () => {
    // What nests in it reads the frames meanwhile.
    began += sw.clock.now() - pausedAt
    start()
  }
  // A break it takes no notice of.
  run.onStop = (why) => {
    if (why !== 'hangup') return
    stop()
    for (const end of leave) end()
  }
  start()
}

/**
 * `bert_test`: sends a digital milliwatt and tells whether it comes back, or comes from the other end
 * (`bert_test_function` in `src/mod/applications/mod_bert/mod_bert.c`). Of its variables `bert_debug_io_file` does
 * nothing here: there is no sound to write.
 */
export const bertTest: Application = (sw, run) => {
  const { channel } = run
  answer(sw, channel)
  const timer = getVariable(channel, 'bert_timer_name') ?? 'soft'
  if (!hasMedia(channel) || timer !== 'soft') {
    run.end()
    return
  }
  setOwn(channel, 'bert_stats_sync_lost_count', '0')
  setOwn(channel, 'bert_stats_sync_lost', 'false')
  test(sw, run)
}
