/** A call that was placed here and is still up, or may come up yet. */
export interface PlacedCall {
  /** The uuid of the session that was originated. */
  readonly uuid: string
  /** The id of the app that its sessions belong to; undefined where none was asked for. */
  readonly app: string | undefined
}

/**
 * The calls that a client has placed, by the token that each carries in its tracking header. A token is 128 random bits, so
 * whoever sends one was given it by us: that leg is a leg of the call. Any other value of the header says nothing.
 */
export interface PlacedCalls {
  add(token: string, call: PlacedCall): void
  /** The call is over, or will never be: its token counts no more. */
  forget(uuid: string): void
  /** The call ended for us because its switch was away; it may be up there, and turn up again. */
  doubt(uuid: string): void
  /** The switch is back: forgets the calls in doubt of which it has nothing. */
  settle(isUp: (uuid: string) => boolean): void
  /** The call whose token this is, of this client or of one that it shares its calls with. */
  find(token: string | undefined): PlacedCall | undefined
  /** The call of this client whose originated session has that uuid. */
  of(uuid: string): PlacedCall | undefined
  /** From now on the legs of a call may turn up on any of these: the nodes of a pool, of a run. */
  share(others: readonly PlacedCalls[]): void
  /** Of this client alone. */
  own(token: string): PlacedCall | undefined
}

/** So many calls in doubt are remembered: a switch that never comes back must not fill our memory. */
const MAX_DOUBTFUL = 10_000

export const createPlacedCalls = (): PlacedCalls => {
  const byToken = new Map<string, PlacedCall>()
  const tokens = new Map<string, string>()
  const friends = new Set<PlacedCalls>()
  const doubtful = new Set<string>()
  const own = (token: string): PlacedCall | undefined => byToken.get(token)

  const placed: PlacedCalls = {
    add(token, call) {
      placed.forget(call.uuid)
      byToken.set(token, call)
      tokens.set(call.uuid, token)
    },
    forget(uuid) {
      doubtful.delete(uuid)
      const token = tokens.get(uuid)
      if (token === undefined || !tokens.delete(uuid)) return
      byToken.delete(token)
    },
    doubt(uuid) {
      if (!tokens.has(uuid)) return
      doubtful.add(uuid)
      const [oldest] = doubtful
      if (doubtful.size > MAX_DOUBTFUL && oldest !== undefined) placed.forget(oldest)
    },
    settle(isUp) {
      for (const uuid of [...doubtful])
        if (isUp(uuid)) doubtful.delete(uuid)
        else placed.forget(uuid)
    },
    own,
    of: (uuid) => own(tokens.get(uuid) ?? ''),
    find(token) {
      if (token === undefined) return undefined
      const call = own(token)
      if (call) return call
      for (const friend of friends) {
        const theirs = friend.own(token)
        if (theirs) return theirs
      }
      return undefined
    },
    share(others) {
      for (const other of others) if (other !== placed) friends.add(other)
    },
  }
  return placed
}
