import { PgBoss } from 'pg-boss';
import type { Orm } from '../database/orm.ts';
import type { Log } from '../log.ts';
import { type QueueName, queues } from './enqueue.ts';

/** Connects the job queue to the ORM's own pool, with its tables in the schema "jobs". Starts no worker yet. */
export async function startJobs(orm: Orm, log: Log): Promise<PgBoss> {
  const pool = await nativePool(orm);
  const boss = new PgBoss({ schema: 'jobs', db: { executeSql: (text, values) => pool.query(text, values) } });
  boss.on('error', (error) => log.error({ error: String(error) }, 'job queue'));
  await boss.start();
  for (const [name, policy] of Object.entries(queues)) await boss.createQueue(name, policy);
  return boss;
}

export type JobHandlers = Record<QueueName, (data: unknown) => Promise<void>>;

/** Runs jobs in this process until the queue is stopped; times are UTC (cron: minute hour day month weekday). */
export async function startWorkers(boss: PgBoss, handlers: JobHandlers, log: Log): Promise<void> {
  for (const name of Object.keys(queues) as QueueName[]) {
    await boss.work(name, { pollingIntervalSeconds: 0.5 }, async (jobs) => {
      for (const job of jobs) {
        try {
          await handlers[name](job.data);
        } catch (error) {
          log.warn(
            { queue: name, job: job.id, error: error instanceof Error ? error.message : 'unknown' },
            'job failed',
          );
          throw error;
        }
      }
    });
  }
  await boss.schedule('resume-orders', '* * * * *');
  await boss.schedule('roll-prices', '* * * * *');
  await boss.schedule('apply-price-versions', '* * * * *');
  await boss.schedule('review-tiers', '* * * * *');
  await boss.schedule('end-wholesale', '23 * * * *');
  await boss.schedule('rest-inactive', '41 2 * * *');
  await boss.schedule('roll-figures', '4 * * * *');
  // After the nightly reconcile, which finds what was not reported of the month that ended.
  await boss.schedule('close-statements', '41 4 * * *');
  await boss.schedule('forget-deliveries', '47 1 * * *');
  await boss.schedule('notices', '* * * * *');
  await boss.schedule('seal-activity', '* * * * *');
  await boss.schedule('fold-revenue', '* * * * *');
  await boss.schedule('refresh-network', '* * * * *');
  await boss.schedule('watch-host', '7 * * * *');
  await boss.schedule('sync-catalogue', '*/15 * * * *');
  await boss.schedule('follow-up-applications', '11 * * * *');
  await boss.schedule('forget-calls', '29 * * * *');
  await boss.schedule('reconcile', '17 3 * * *');
}

interface Pool {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** pg-boss brings its own driver; handing it the ORM's pool spares a second set of connections. */
async function nativePool(orm: Orm): Promise<Pool> {
  const connection = orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  return connection.getNativeClient();
}
