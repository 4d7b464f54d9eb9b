import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { servePrometheus } from '../../../lib/dial/export/prometheus.ts'
import { createBench } from '../on-embedded-switch.ts'

/** What is scraped after a run of 10 calls that are answered and 10 that are busy. */
const scrape = async (): Promise<{ text: string; nodes: readonly string[]; type: string | null }> => {
  const bench = await createBench({
    dialplan: ({ destination }) => [
      destination === 'busy' ? { app: 'respond', arg: '486' } : { app: 'park' },
    ],
  })
  const exporter = await servePrometheus({ host: '127.0.0.1', port: 0 }, () => dialer.progress())
  const dialer = await bench.dialer({
    dest: '{to}@127.0.0.1:5080',
    fields: Array.from({ length: 20 }, (_, i) => ({ to: i % 2 === 0 ? 'park' : 'busy' })),
    rate: 50,
    maxOffered: 20,
    duration: 1000,
    onCdr: exporter.ended,
  })
  const url = `http://127.0.0.1:${exporter.port}`
  await (await fetch(`${url}/metrics`)).text()
  await bench.run(dialer)
  const response = await fetch(`${url}/metrics`)
  expect((await fetch(url)).status).toBe(404)
  const text = await response.text()
  await exporter.close()
  const nodes = dialer.nodes.map(({ client }) => client.name)
  await bench.clock.run(dialer.close())
  await bench.close()
  return { text, nodes, type: response.headers.get('content-type') }
}

describe('metrics for Prometheus', () => {
  it('are the counters and histograms of the run, in seconds, without any uuid', async () => {
    const { text, nodes, type } = await scrape()
    const [node = ''] = nodes
    expect(type).toMatch(/^text\/plain/)
    for (const line of [
      'switchix_calls_offered_total 20',
      `switchix_calls_launched_total{node="${node}"} 20`,
      `switchix_calls_answered_total{node="${node}"} 10`,
      `switchix_calls_failed_total{node="${node}"} 10`,
      'switchix_calls_dropped_total{reason="late"} 0',
      `switchix_calls_active{node="${node}"} 0`,
      `switchix_node_connected{node="${node}"} 1`,
      `switchix_calls_ended_total{node="${node}",app="TonePlay",cause="USER_BUSY",sip_status="486"} 10`,
      `switchix_calls_ended_total{node="${node}",app="TonePlay",cause="NORMAL_CLEARING",sip_status="200"} 10`,
      `switchix_call_setup_seconds_count{node="${node}",app="TonePlay"} 10`,
      `switchix_call_session_request_delay_seconds_count{node="${node}",app="TonePlay",outcome="failed"} 10`,
      `switchix_call_duration_seconds_bucket{le="1",node="${node}",app="TonePlay"} 0`,
      `switchix_call_duration_seconds_bucket{le="5",node="${node}",app="TonePlay"} 10`,
    ])
      expect(text.split('\n')).toContain(line)
    expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/)
  })

  it('are all that the Grafana dashboard asks for, and so are their labels', async () => {
    const path = new URL('../../../conf/grafana/switchix.json', import.meta.url)
    const { panels } = JSON.parse(await readFile(path, 'utf8')) as {
      panels: { title: string; targets: { expr: string; legendFormat: string }[] }[]
    }
    const { text } = await scrape()
    /** The labels of each metric that is served. */
    const served = new Map<string, Set<string>>()
    for (const [, name = '', labels = ''] of text.matchAll(/^(switchix_\w+)(?:\{([^}]*)\})? /gm)) {
      const known = served.get(name) ?? new Set()
      for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label)
      served.set(name, known)
    }
    const targets = panels.flatMap((panel) => panel.targets)
    expect(targets.length).toBeGreaterThan(15)
    for (const { expr, legendFormat } of targets) {
      const metrics = expr.match(/switchix_\w+/g) ?? []
      expect([expr, metrics.filter((name) => !served.has(name))]).toEqual([expr, []])
      const asked = [
        ...Array.from(expr.matchAll(/\bby \(([^)]*)\)/g), ([, names = '']) => names.split(/\s*,\s*/)).flat(),
        ...Array.from(expr.matchAll(/[{,]\s*(\w+)\s*[=!]/g), ([, name = '']) => name),
        ...Array.from(legendFormat.matchAll(/\{\{(\w+)\}\}/g), ([, name = '']) => name),
      ]
      for (const name of metrics)
        expect([expr, asked.filter((label) => !served.get(name)?.has(label))]).toEqual([expr, []])
      // What is summed up by some labels has no others for its legend.
      const [, kept] = /^sum by \(([^)]*)\)/.exec(expr) ?? []
      if (kept !== undefined) expect(legendFormat.match(/\w+/g)).toEqual(kept.split(/\s*,\s*/))
    }
  })

  it('cannot be served where somebody listens already', async () => {
    const one = await servePrometheus({ host: '127.0.0.1', port: 0 }, () => undefined)
    await expect(
      servePrometheus({ host: '127.0.0.1', port: one.port }, () => undefined),
    ).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: expect.stringMatching(/cannot serve metrics at 127\.0\.0\.1:\d+: .*EADDRINUSE/) as string,
    })
    await one.close()
  })
})
