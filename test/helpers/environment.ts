// What programs that tests start inherit: nothing that is set for whoever runs the tests, as a cluster of theirs, or colour.

const OWN = /^(KTOOL|KAFKA)_|^(NO_COLOR|FORCE_COLOR|COLUMNS|LINES|npm_lifecycle_event)$/;

export const environment: Readonly<NodeJS.ProcessEnv> = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !OWN.test(name)),
);
