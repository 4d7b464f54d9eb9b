import { existsSync } from 'node:fs'
import type { Switch } from '../core/switch.ts'

/** `file_exists <path>`: on this machine, or among the sounds that the switch was given. */
export const fileExists = (sw: Switch, arg: string): string =>
  String(arg !== '' && (sw.config.sounds.has(arg) || existsSync(arg)))
