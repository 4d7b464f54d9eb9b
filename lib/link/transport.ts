/**
 * The seam between the protocol and what carries its bytes: TCP, or memory. Everything above it runs the same on either.
 */
export interface Transport {
  /** Who is at the other end, `host:port`, for messages. */
  readonly peer: string
  /** Sends text as UTF-8. After the end of the connection it does nothing. */
  write(text: string): void
  /** Sends bytes as they are, one character each, what is no UTF-8 too. The embedded switch says everything so. */
  writeLatin1?(bytes: string): void
  /** Sends what is pending, then says that no more comes. */
  end(): void
  /** Ends the connection now, in both directions. */
  destroy(): void
}

export interface TransportHandlers {
  /** The next bytes; the buffer is used again after the call. */
  data(chunk: Buffer): void
  /**
   * The next bytes, one character each: who has this is spared a copy by a connection in memory, and is given the other
   * all the same where there is a network.
   */
  text?(bytes: string): void
  /**
   * The peer says no more, but may still listen; who has this ends the connection by its own `end`. Without it, the
   * peer's end is the end.
   */
  end?(): void
  /** The connection has ended, once: by the peer, or with the error that broke it. */
  close(error?: Error): void
}

/** Opens a connection. Rejects with ConnectError (UNREACHABLE), TimeoutError or AbortedError. */
export type Connect = (handlers: TransportHandlers) => Promise<Transport>
