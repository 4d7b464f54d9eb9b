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
    testTimeout: 20_000,
  },
})
