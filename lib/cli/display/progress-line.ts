import type { Progress } from '../../dial/summary.ts'
import type { Speed } from './speed.ts'

/** How a run is going, in one line for a log. */
export const progressLine = (now: Progress, speed: Speed): string =>
  [
    `${(now.elapsedMs / 1000).toFixed(1).padStart(6)} s`,
    `${speed.launched.toFixed(1)} calls/s`,
    `offered ${now.offered}`,
    `answered ${now.answered}`,
    `failed ${now.failed}`,
    ...(now.dropped > 0 ? [`dropped ${now.dropped}`] : []),
    ...(now.recovered > 0 ? [`recovered ${now.recovered}`] : []),
    `active ${now.active}`,
    ...(now.paused ? ['paused'] : now.state === 'STOPPED' && now.active > 0 ? ['draining'] : []),
    ...now.nodes.filter(({ connected }) => !connected).map(({ name }) => `${name} is lost`),
  ].join('  ')
