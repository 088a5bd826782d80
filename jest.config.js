const transform = {
  "^.+\\.tsx?$": [
    "@swc/jest",
    {
      // Native import() stays: the scripts that start Postgres and the store are ES modules.
      module: { type: "commonjs", ignoreDynamic: true },
      jsc: {
        parser: { syntax: "typescript", tsx: true, decorators: true },
        transform: { decoratorMetadata: true, react: { runtime: "automatic" } },
        target: "es2021",
      },
    },
  ],
}

const shared = { rootDir: __dirname, testEnvironment: "node", transform, modulePathIgnorePatterns: ["<rootDir>/.medusa", "<rootDir>/demo"] }

/** Unit tests stand beside the code; the others drive a real store over HTTP, in Postgres and in a browser. */
module.exports = {
  projects: [
    { ...shared, displayName: "unit", testMatch: ["<rootDir>/{src,scripts}/**/__tests__/**/*.unit.spec.ts"] },
    {
      ...shared,
      displayName: "integration",
      testMatch: ["<rootDir>/integration-tests/**/*.spec.ts"],
      globalSetup: "<rootDir>/integration-tests/support/global-setup.mjs",
      globalTeardown: "<rootDir>/integration-tests/support/global-teardown.mjs",
      setupFilesAfterEnv: ["<rootDir>/integration-tests/support/timeouts.ts"],
    },
  ],
}
