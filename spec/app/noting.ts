import type { ClientApp } from '../../lib/service/client.ts'

/** An app that notes its set-up and tear-down; `more` may make it fail. */
export const noting = (name: string, seen: string[], more: Partial<ClientApp> = {}): ClientApp => ({
  name,
  on: { CHANNEL_PARK: () => undefined },
  *prepost() {
    seen.push(`${name} up`)
    yield
    seen.push(`${name} down`)
  },
  ...more,
})
