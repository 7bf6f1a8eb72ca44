/** A feature of the programme: what it is, where it lives, by which procedures it is reached, and which tests fail without it. */
export interface Feature {
  feature: string;
  about: string;
  /** Folder of its verbs. */
  where: string;
  procedures: readonly string[];
  /** "file: name of the test or group" in test/integration. */
  tests: readonly string[];
}
