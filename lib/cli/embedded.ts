import type { EmbeddedSwitch } from '../sim/simulate.ts'
import { gatewaysOf, type GatewayText } from './gateway-text.ts'

/** Starts a switch to try things on: whomever it calls outside rings for a moment, and answers. */
export const openEmbedded = async (gateways: readonly GatewayText[] | undefined): Promise<EmbeddedSwitch> => {
  const { simulate } = await import('../sim/simulate.ts')
  const { farEnd } = await import('../sim/far-end/script.ts')
  return simulate({ calledParty: farEnd({ ring: 100, answer: 500 }), ...gatewaysOf(gateways) })
}
