import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ArgumentError, messageOf } from '../../errors.ts'
import type { CallDetailRecord } from '../../measure/cdr/cdr.ts'
import type { Progress } from '../summary.ts'
import { createPromMetrics } from './prom-metrics.ts'

/** Where the metrics of a run are served; no `host`: on all addresses. */
export interface PrometheusAddress {
  readonly host?: string | undefined
  readonly port: number
}

/** Serves the metrics of a run at `/metrics`, for Prometheus to scrape. */
export interface PrometheusExporter {
  readonly port: number
  /** A call is over. */
  ended(cdr: CallDetailRecord): void
  close(): Promise<void>
}

/**
 * Begins to serve; `progress` is asked at each scrape, and undefined before the run. Rejects with ArgumentError
 * (BAD_ARGUMENT) where the address cannot be had.
 */
export const servePrometheus = async (
  { host, port }: PrometheusAddress,
  progress: () => Progress | undefined,
): Promise<PrometheusExporter> => {
  // Only who asks for it pays for it.
  const { default: prom } = await import('prom-client')
  const registry = new prom.Registry()
  prom.collectDefaultMetrics({ register: registry, prefix: 'switchix_' })
  const metrics = createPromMetrics(prom, registry)

  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('the metrics are at /metrics\n')
      return
    }
    const now = progress()
    if (now) metrics.update(now)
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: unknown) => response.writeHead(500).end(`${messageOf(error)}\n`),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const where = `${host ?? ''}:${port}`
      reject(new ArgumentError(`cannot serve metrics at ${where}: ${messageOf(error)}`, error))
    })
    server.listen(port, host, resolve)
  })
  // A scraper that keeps its connection must not keep the process.
  server.unref()

  return {
    port: (server.address() as AddressInfo).port,
    ended: metrics.ended,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
