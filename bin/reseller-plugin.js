#!/usr/bin/env node
// Checked before anything is loaded: an older Node would fail on a missing name somewhere deep in a library.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 17)) {
  process.stderr.write(`reseller-plugin needs Node 22.17 or newer; this is Node ${process.versions.node}.\n`);
  process.exit(2);
}
await import('../dist/server/cli/main.js');
