import { InvalidArgumentError, Option } from 'commander'
import type { Gateway } from '../sim/core/config.ts'

/** A gateway of the embedded switch, as it was typed. */
export interface GatewayText extends Gateway {
  readonly name: string
}

/** Where a gateway leads that was given by its name alone: an address for documentation (RFC 5737). */
const SOMEWHERE = '192.0.2.1:5060'

/** Reads `trunk` or `trunk=192.0.2.1:5060`. */
export const gatewayText = (text: string, before: readonly GatewayText[] = []): GatewayText[] => {
  const [, name = '', proxy = SOMEWHERE] = /^([\w.-]+)(?:=([^\s:@/;]+(?::\d{1,5})?))?$/.exec(text) ?? []
  if (name === '')
    throw new InvalidArgumentError(`Expected a gateway as name or name=host:port, got "${text}".`)
  return [...before, { name, proxy }]
}

/** Returns `--gateway` of a command that can open an embedded switch; `where` says of which. */
export const gatewayOption = (where: string): Option =>
  new Option(
    '--gateway <name[=host:port]>',
    `${where}a gateway that bridge({ gateway }) can name; repeat for more`,
  ).argParser(gatewayText)

/** The option of `simulate` that has these gateways. */
export const gatewaysOf = (
  gateways: readonly GatewayText[] | undefined,
): { gateways?: Readonly<Record<string, Gateway>> } =>
  gateways ? { gateways: Object.fromEntries(gateways.map(({ name, proxy }) => [name, { proxy }])) } : {}
