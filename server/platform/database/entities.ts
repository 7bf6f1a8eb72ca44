import { Activity } from '../../modules/activity/entity.ts';
import { ApiKey } from '../../modules/api-key/entity.ts';
import { CatalogueHead, Product } from '../../modules/catalogue/entity.ts';
import { Customer } from '../../modules/customer/entity.ts';
import { Invoice } from '../../modules/invoice/entity.ts';
import { Order } from '../../modules/order/entity.ts';
import { Outbox } from '../../modules/outbox/entity.ts';
import { OwnPriceList, OwnPriceRule } from '../../modules/own-price/entity.ts';
import { PriceChange, PricePreview, PriceVersion } from '../../modules/price-version/entity.ts';
import { Programme } from '../../modules/programme/entity.ts';
import { Difference, ReconcileRun } from '../../modules/reconcile/entity.ts';
import { Reseller } from '../../modules/reseller/entity.ts';
import { LedgerEntry } from '../../modules/revenue/entity.ts';
import { PriceLock, Service } from '../../modules/service/entity.ts';
import { Tier } from '../../modules/tier/entity.ts';

/** Every entity of the service. Tables that are written by SQL alone (price chunks, inbox, rollups) are not among them. */
export const entities = [
  Activity,
  ApiKey,
  CatalogueHead,
  Customer,
  Difference,
  Invoice,
  LedgerEntry,
  Order,
  Outbox,
  OwnPriceList,
  OwnPriceRule,
  PriceChange,
  PriceLock,
  PricePreview,
  PriceVersion,
  Product,
  Programme,
  ReconcileRun,
  Reseller,
  Service,
  Tier,
];
