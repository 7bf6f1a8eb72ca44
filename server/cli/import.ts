import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { previewImport } from '../modules/import/preview.ts';
import { runImport } from '../modules/import/run.ts';
import { systemActor } from '../service.ts';
import { type Io, printJson } from './io.ts';
import { withService } from './with-service.ts';

/** `import --csv FILE [--dry-run]`: clients of the host become resellers and customers. Exit 1 when rows have faults. */
export function importCommand(io: Io): Command {
  return new Command('import')
    .description('Make clients of the host resellers and customers')
    .requiredOption('--csv <file>', 'columns client, as, company, tier, discount, reseller, move_to_wholesale')
    .option('--dry-run', 'show what would happen, and write nothing')
    .option('--json', 'print JSON (always does)')
    .action(async ({ csv: file, dryRun = false }: { csv: string; dryRun?: boolean }) => {
      const csv = readFileSync(file, 'utf8');
      const report = await withService(async (service) => {
        const ctx = service.context(systemActor);
        return dryRun ? await previewImport(ctx, { csv }) : await runImport(ctx, { csv });
      });
      printJson(io, report);
      for (const { line, errors } of report.rows) {
        for (const { column, message } of errors)
          io.stderr.write(`Line ${line}${column ? `, ${column}` : ''}: ${message}\n`);
      }
      const { create, exists, error } = report.totals;
      const done = 'written' in report && report.written ? 'made' : 'to be made';
      io.stderr.write(`${create} ${done}, ${exists} there already, ${error} with faults\n`);
      io.exit(error === 0 ? 0 : 1);
    });
}
