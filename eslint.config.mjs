import medusa from "@medusajs/eslint-plugin"
import tseslint from "typescript-eslint"

export default [
  { ignores: ["node_modules/", ".medusa/", ".demo/", ".test/", ".bench/", "demo/.medusa/", "demo/public/", "demo/static/", "**/migrations/"] },
  ...medusa.configs.recommended,
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ["**/*.ts", "**/*.tsx"] })),
  {
    files: ["**/*.ts", "**/*.tsx"],
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      // The two `any` there are stand for options of any strategy and for parsed answers in tests.
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["{src,demo,integration-tests}/**/*.{ts,tsx}"],
    languageOptions: {
      parserOptions: {
        project: ["tsconfig.json", "src/admin/tsconfig.json", "integration-tests/tsconfig.json", "demo/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: { "@typescript-eslint/no-floating-promises": "error" },
  },
]
