/** The service cannot start here; the message says why and names the way out. Printed without a stack. */
export class Preflight extends Error {
  override readonly name = 'Preflight';
}
