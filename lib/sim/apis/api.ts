import type { Switch } from '../core/switch.ts'

/** An api command: takes its argument, and calls `output` with what it prints, at once or later. */
export type Api = (sw: Switch, arg: string, output: (text: string) => void) => void

/** An api command that knows at once what to print. */
export const prompt =
  (run: (sw: Switch, arg: string) => string): Api =>
  (sw, arg, output) =>
    output(run(sw, arg))

export const NO_CHANNEL = '-ERR No such channel!\n'
