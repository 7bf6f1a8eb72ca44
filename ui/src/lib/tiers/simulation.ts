import type { Task } from '#lib/api/contract.ts';

/** What a simulation answers, as the service writes it into its task. */
export interface SimulationResult {
  asOf: string;
  currency: string | null;
  up: number;
  down: number;
  same: number;
  /** What would have happened in each of the last twelve months. */
  moves: { month: string; up: number; down: number }[];
  rows: SimulatedRow[];
}
export interface SimulatedRow {
  resellerId: string;
  company: string;
  from: string;
  to: string;
  move: 'up' | 'down' | 'same';
  pinned: boolean;
  discountBp: { before: number; after: number };
  measures: { revenue: string; activeServices: number; newOrders: number };
}

/** The result of a task that has ended well; null before. */
export function resultOf(task: Task | null): SimulationResult | null {
  return task?.status === 'ready' && task.kind === 'tiers.simulate' ? (task.result as SimulationResult) : null;
}
