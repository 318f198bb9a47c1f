import js from '@eslint/js';
import globals from 'globals';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'release/**',
      'node_modules/**',
      'test-results/**',
      'playwright-report/**',
      '.cache/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    languageOptions: { globals: globals.browser },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'max-lines-per-function': ['error', { max: 140, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['electron/**', 'e2e/**', '*.{js,ts,cjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    // Describe blocks are long by nature, and fixtures assert what they have just built.
    files: ['**/*.test.{ts,tsx}', 'e2e/**', '**/*.spec.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-empty-pattern': 'off',
      'no-console': 'off',
    },
  },
  { files: ['electron/launch/**'], rules: { 'no-console': 'off' } },
  {
    // It warns on the terminal in the words of what it reads, and takes quadratic time for some texts.
    files: ['electron/**', 'renderer/**', 'shared/**', 'e2e/**'],
    ignores: ['electron/services/storage/yaml-text.ts', '**/*.test.{ts,tsx}', '**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'yaml', message: 'Take it from electron/services/storage/yaml-text.' }] },
      ],
    },
  },
  {
    // A problem that is worded by hand has no words in the other language, and the window shows others than scripts read.
    files: ['electron/**', 'renderer/**', 'shared/**'],
    ignores: ['**/*.test.{ts,tsx}', '**/testing.ts', '**/testing/**', 'shared/texts/{messages,shapes}.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ObjectExpression:has(> Property[key.name="code"]):has(> Property[key.name="message"])',
          message: 'Give it a text in shared/texts, and build it with problem() or notice().',
        },
      ],
    },
  },
  {
    // Unit tests share their modules: what one file replaces, the next would get.
    files: ['**/*.test.{ts,tsx}'],
    ignores: [
      'electron/services/changes/older-lines.test.ts',
      'electron/services/storage/record-log.test.ts',
      'electron/web/auth.test.ts',
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.object.name="vi"][callee.property.name=/^(mock|doMock)$/]',
          message: 'Name the file in vitest.config.ts and here, so that it gets its modules alone.',
        },
      ],
    },
  },
);
