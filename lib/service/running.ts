import type { Registry } from '../listener/registry.ts'
import type { Task } from '../listener/tasks.ts'
import type { Client } from './client.ts'

const registries = new WeakMap<Client, Pick<Registry, 'all'>>()

/** Notes where the apps of a client are, for `runningOn`. */
export const noteRegistry = (client: Client, registry: Pick<Registry, 'all'>): void =>
  void registries.set(client, registry)

/** The functions of apps that are running on a client. */
export const runningOn = (client: Client): Task[] =>
  registries.get(client)?.all.flatMap(({ tasks }) => [...tasks]) ?? []
