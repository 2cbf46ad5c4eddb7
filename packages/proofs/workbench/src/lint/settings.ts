import { defineConfig } from 'eslint/config'
import functional from 'eslint-plugin-functional'
import importSort from 'eslint-plugin-simple-import-sort'
import tseslint from 'typescript-eslint'
import { repositoryRoot } from '../repository.ts'
import {
  forbiddenGlobalsInCore,
  forbiddenInCore,
  forbiddenPropertiesInCore,
  type ForbiddenSyntax,
} from './pure-core.ts'

const specs = ['**/*.spec.ts', 'packages/*/*/test/**']
const suites = ['packages/proofs/port-contracts/src/**']

const defaultExport: ForbiddenSyntax = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a default export has a different name in every file that imports it.',
}
const silentSkip: ForbiddenSyntax = {
  selector: [
    'MemberExpression[object.name=/^(it|describe|context)$/][property.name="skip"]',
    'CallExpression[callee.name=/^x(it|describe|context)$/]',
  ].join(', '),
  message: 'Say why: call this.skip("reason") in the test or in a hook before it.',
}
const forbid = (...syntax: ReadonlyArray<ForbiddenSyntax>): ['error', ...Array<ForbiddenSyntax>] => ['error', ...syntax]

export const lintSettings = defineConfig(
  { ignores: ['**/node_modules/', '**/dist/', '.sandbox/', 'coverage/', '.stryker-tmp/', '.mutants/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'simple-import-sort': importSort },
    languageOptions: {
      parserOptions: { project: ['packages/proofs/workbench/tsconfig.specs.json'], tsconfigRootDir: repositoryRoot },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/array-type': ['error', { default: 'generic' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': ['error', { fixMixedExportsWithInlineTypeSpecifier: true }],
      'no-duplicate-imports': 'error',
      'simple-import-sort/imports': ['error', { groups: [['^\\u0000', '^node:', '^@?\\w', '^\\.']] }],
      'simple-import-sort/exports': 'error',
      'no-nested-ternary': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // An async function without await still turns a throw into a rejection, which adapters rely on.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/PathReporter', '**/PathReporter.js'],
              message: 'It prints rejected values, which may be secrets.',
            },
          ],
        },
      ],
      'no-restricted-syntax': forbid(defaultExport),
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'max-lines': ['error', 250],
      eqeqeq: 'error',
    },
  },
  {
    files: ['packages/*/*/src/**/*.ts'],
    ignores: ['packages/proofs/{workbench,mutants,lanes}/**', 'packages/shells/sandbox/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['packages/core/*/src/**/*.ts'],
    ignores: specs,
    plugins: { functional },
    rules: {
      'functional/no-expression-statements': ['error', { ignoreVoid: true }],
      'no-restricted-syntax': forbid(defaultExport, ...forbiddenInCore),
      'no-restricted-properties': ['error', ...forbiddenPropertiesInCore],
      'no-restricted-globals': ['error', ...forbiddenGlobalsInCore],
    },
  },
  // The one class of the core, whose constructor has to assign, and the one builder that counts.
  {
    files: ['packages/core/domain/src/**/{secret-text,a-fresh-credential}.ts'],
    rules: { 'functional/no-expression-statements': 'off' },
  },
  {
    files: [...specs, ...suites],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      'max-lines': 'off',
      'no-restricted-syntax': forbid(defaultExport, silentSkip),
    },
  },
)
