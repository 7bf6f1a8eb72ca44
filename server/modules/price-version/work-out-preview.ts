import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { formatAmount } from '../../money.ts';
import type { Product } from '../../pricing/formats/catalogue.ts';
import { readTerms } from '../price-list/wanted-segments.ts';
import { basisOf } from './basis.ts';
import { PricePreview, type PriceVersion } from './entity.ts';
import { changesOf, findVersion } from './find.ts';
import { type Base, loadBase } from './judge.ts';
import {
  addFigures,
  comparedLines,
  countLines,
  groupResellers,
  type LineFigures,
  noFigures,
} from './preview-groups.ts';
import { addMove, type Monthly, monthlyOfRunning, movedServices } from './preview-services.ts';
import { type Guard, readGuard, risksOf } from './risks.ts';
import type { PreviewSummary } from './schemas.ts';
import { countStaleBooks } from './stale-books.ts';
import { insertRows, writeProducts, writeResellers } from './write-preview.ts';

const job = z.object({ previewId: z.string() });
/** Products between two reports of progress; other requests of the process get their turn then. */
const REPORT_EVERY = 50;

/** The job behind a preview. What it found is there all at once when it is done; run again, it starts anew. */
export async function workOutPreview(ctx: ServiceContext, data: unknown): Promise<void> {
  const { previewId } = job.parse(data);
  const em = ctx.em.fork();
  const preview = await em.findOne(PricePreview, { id: previewId });
  if (!preview || preview.state === 'done') return;
  const version = await findVersion(em, preview.versionId);
  for (const table of ['product', 'reseller', 'service']) {
    await em.execute(`delete from price_preview_${table} where preview_id = ?`, [previewId]);
  }
  preview.state = 'running';
  preview.basis = await basisOf(em, version);
  await em.flush();
  try {
    preview.summary = await new PreviewWork(ctx, em, preview, version, await loadBase(em, version, ctx.now)).run();
    preview.state = 'done';
    preview.stepsDone = preview.steps ?? 0;
  } catch (error) {
    preview.state = 'failed';
    preview.error = 'The preview could not be made. Start it again.';
    throw error;
  } finally {
    preview.finishedAt = new Date();
    await em.flush();
  }
}

class PreviewWork {
  readonly #total = noFigures();
  #services = { all: 0, up: 0, down: 0 };
  readonly #ctx: ServiceContext;
  readonly #em: EntityManager;
  readonly #preview: PricePreview;
  readonly #version: PriceVersion;
  readonly #base: Base;

  constructor(ctx: ServiceContext, em: EntityManager, preview: PricePreview, version: PriceVersion, base: Base) {
    this.#ctx = ctx;
    this.#em = em;
    this.#preview = preview;
    this.#version = version;
    this.#base = base;
  }

  async run(): Promise<PreviewSummary> {
    const em = this.#em;
    const { catalogue, timeline } = this.#base;
    const moment = this.#version.effectiveAt ?? this.#ctx.now;
    const changes = await changesOf(em, this.#version.id);
    const groups = groupResellers(timeline, changes, await readTerms(em, null), moment);
    const guard = await readGuard(em);
    const lines = catalogue.products.reduce((sum, product) => sum + countCharges(product), 0);
    this.#preview.steps = groups.length * catalogue.products.length;
    const monthly = await monthlyOfRunning(
      em,
      catalogue,
      groups.flatMap(({ resellers }) => resellers),
    );
    const affected = new Set<string>();
    let withoutEmail = 0;
    for (const group of groups) {
      const changed = new Map<string, Product>();
      const figures = await this.#compareProducts(group, guard, changed);
      const services = await this.#moveServices(group, changed, monthly);
      if (figures.up + figures.down === 0) continue;
      addFigures(this.#total, figures, group.resellers.length);
      for (const id of group.resellers) affected.add(id);
      withoutEmail += await writeResellers(em, this.#preview.id, group, figures, services, monthly);
    }
    const sum = this.#sumMonthly(monthly, affected);
    const { up, down, atFloor, belowFloor, belowCost, largestBp, largest } = this.#total;
    return {
      resellers: affected.size,
      lines: lines * affected.size,
      linesUp: up,
      linesDown: down,
      atFloor,
      belowFloor,
      belowCost,
      staleBooks: await countStaleBooks(em, this.#ctx.now),
      withoutEmail,
      services: this.#services.all,
      servicesUp: this.#services.up,
      servicesDown: this.#services.down,
      largestBp,
      largest,
      monthly: [...sum].map(([currency, { before, dearer, cheaper }]) => {
        const text = (minor: bigint) => formatAmount(minor, this.#digits(currency));
        return { currency, before: text(before), dearer: text(dearer), cheaper: text(cheaper) };
      }),
      risks: risksOf(guard, this.#total, lines * affected.size, sum, this.#version.running),
    };
  }

  async #compareProducts(
    group: Parameters<typeof comparedLines>[2],
    guard: Guard,
    changed: Map<string, Product>,
  ): Promise<LineFigures> {
    const { catalogue } = this.#base;
    const sum = noFigures();
    const rows: [string, LineFigures][] = [];
    for (const product of catalogue.products) {
      this.#preview.stepsDone += 1;
      if (this.#preview.stepsDone % REPORT_EVERY === 0) await this.#em.flush();
      const lines = comparedLines(catalogue, product, group);
      if (!lines) continue;
      const figures = countLines(product.id, lines, guard.lineBp);
      addFigures(sum, figures);
      if (figures.up + figures.down === 0) continue;
      changed.set(product.id, product);
      rows.push([product.id, figures]);
    }
    await writeProducts(this.#em, this.#preview.id, group, rows);
    return sum;
  }

  /** How many services of each reseller move. */
  async #moveServices(
    group: Parameters<typeof comparedLines>[2],
    changed: ReadonlyMap<string, Product>,
    monthly: Map<string, Monthly>,
  ): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for await (const moved of movedServices(this.#em, this.#base.catalogue, group, changed)) {
      for (const move of moved) {
        addMove(monthly, move, this.#digits(move.service.currency));
        counts.set(move.service.reseller_id, (counts.get(move.service.reseller_id) ?? 0) + 1);
        this.#services.all += 1;
        this.#services[move.bp > 0 ? 'up' : 'down'] += 1;
      }
      await insertRows(
        this.#em,
        'service',
        moved.map(({ service, newPrice, bp }) => ({
          preview_id: this.#preview.id,
          service_id: service.id,
          reseller_id: service.reseller_id,
          title: service.title,
          product: service.product,
          term: service.term,
          currency: service.currency,
          quantity: service.quantity,
          old_price: service.unit_price,
          new_price: newPrice,
          change_bp: bp,
        })),
      );
    }
    return counts;
  }

  #digits(currency: string): number {
    return this.#base.catalogue.currencies.find(({ code }) => code === currency)?.digits ?? 2;
  }

  #sumMonthly(monthly: ReadonlyMap<string, Monthly>, resellers: ReadonlySet<string>): Monthly {
    const sum: Monthly = new Map();
    for (const [id, own] of monthly) {
      if (!resellers.has(id)) continue;
      for (const [currency, { before, dearer, cheaper }] of own) {
        const held = sum.get(currency) ?? { before: 0n, dearer: 0n, cheaper: 0n };
        sum.set(currency, {
          before: held.before + before,
          dearer: held.dearer + dearer,
          cheaper: held.cheaper + cheaper,
        });
      }
    }
    return sum;
  }
}

/** Charges that a product has in the catalogue: the whole that changed lines are a part of. */
function countCharges({ offered, components }: Product): number {
  if (!offered) return 0;
  const cells = components.flatMap(({ prices }) => prices).filter(({ price }) => price !== null);
  return cells.length + cells.filter(({ setup }) => setup !== null).length;
}
