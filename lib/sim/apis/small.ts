import type { Api } from './api.ts'
import type { Switch } from '../core/switch.ts'
import { later } from '../core/switch.ts'

/** Prints its argument. */
export const echo = (_: Switch, arg: string): string => arg

/** `msleep <ms>`: the connection waits that long. */
export const msleep: Api = (sw, arg, output) => {
  later(sw, Math.max(0, Number.parseInt(arg, 10) || 0), () => output('+OK'))
}
