/** What a run of the suite found. */
export interface ConformanceReport {
  host: string;
  passed: number;
  failed: number;
  /** Cases that say nothing of this host, and why. */
  skipped: { id: string; why: string }[];
  failures: { id: string; message: string }[];
}
