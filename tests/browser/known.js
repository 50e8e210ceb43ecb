// Faults of the site that the suite found and that are not mended yet, as `{ problem: /regex/, reason: "…" }`.
// Each is a test marked `todo` and fails nothing; every other problem fails. An entry that nothing matches any more is
// named at the end of a run: delete it then.
export const known = [];
