import type { Service } from '../service.ts';

/** What one process of the service does, behind its port. */
export interface RunningProcess {
  readonly fetch: Service['fetch'];
  /** Called once the port is open. @param url where the service listens */
  start(url: string): Promise<void>;
  stop(): Promise<void>;
}
