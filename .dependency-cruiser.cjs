/** Which file may import which. Type-only imports count: a cycle of types ties two files together as well. */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Move what both files need into a file of its own.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(node_modules|\\.medusa|public|static)/" },
  },
}
