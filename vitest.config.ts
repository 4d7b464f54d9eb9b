import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const source = (file: string): string => new URL(file, import.meta.url).pathname

export default defineConfig({
  resolve: {
    alias: [
      { find: /^switchix$/, replacement: source('lib/index.ts') },
      { find: /^switchix\/apps$/, replacement: source('lib/apps/index.ts') },
      { find: /^switchix\/testing$/, replacement: source('lib/testing/index.ts') },
    ],
  },
  test: {
    include: ['spec/**/*.spec.ts'],
    globalSetup: 'spec/build.ts',
    // Specs leave nothing behind in their modules, and loading those for every file took longer than the specs.
    isolate: false,
    // With a FreeSWITCH one after the other: some count its calls, and some kill it.
    fileParallelism: (process.env['SWITCHIX_LIVE'] ?? '') === '',
    // vitest leaves a core to its own process, which hardly needs it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Generous: on a busy machine the same work takes many times as long, and what really hangs is found all the same.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
