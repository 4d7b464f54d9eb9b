import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

export default defineConfig(
  {
    ignores: [
      'dist',
      'coverage',
      'examples/.built',
      'spec/docs/.built',
      'spec/docs/run.js',
      'spec/fixtures',
      'bench',
      'wasm/src',
    ],
  },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers and ids are put in messages everywhere; a template with a number in it is fine.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Factories give records of functions that do not use `this`; methods that do declare it, and so the compiler
      // refuses them unbound.
      '@typescript-eslint/unbound-method': 'off',
      // `void promise` says "started, not awaited", which the design asks for.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
)
