import type { ClientApp } from './client.ts'

/** An app that all nodes share, with its state; or what makes one for each node. */
export type AppSource = ClientApp | (() => ClientApp)

/** The app for one more node. */
export const appFrom = (source: AppSource): ClientApp => (typeof source === 'function' ? source() : source)
