import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Which procedures come past a file: those whose verb imports it, the nearest first. */
export function reachOf(root: string, files: readonly string[]): (file: string) => string[] {
  const importers = new Map<string, Set<string>>();
  const verbs = new Map<string, string[]>();
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    verbs.set(
      file,
      [...text.matchAll(/^ {2}procedure: '([\w.]+)'/gm)].map(([, name]) => name!),
    );
    for (const [, path] of text.matchAll(/from '(\.[^']+\.ts)'/g)) {
      const target = normalize(join(dirname(file), path!));
      importers.set(target, (importers.get(target) ?? new Set()).add(file));
    }
  }
  return (file) => {
    const seen = new Set([file]);
    const found: string[] = [];
    // Breadth first; a set goes on with what is added while it is walked.
    for (const at of seen) {
      found.push(...(verbs.get(at) ?? []));
      if (/server\/(verbs|tasks|jobs|service)\.ts$/.test(at)) continue;
      for (const next of importers.get(at) ?? []) seen.add(next);
    }
    return [...new Set(found)];
  };
}
