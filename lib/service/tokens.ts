import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'

/**
 * Makes tokens that nobody can guess: 128 bits of the system's random source, in 22 characters that need no quoting anywhere.
 * Where all that lives is in this process (virtual time) and `uuids` come from a seed, so do the tokens.
 */
export const createTokens = (clock: Clock, seed: number | undefined, uuids: () => string): (() => string) =>
  clock.virtual === true && seed !== undefined
    ? () => uuids().replaceAll('-', '')
    : () => randomBytes(16).toString('base64url')
