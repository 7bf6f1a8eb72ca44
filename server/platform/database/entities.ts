import { Activity } from '../../modules/activity/entity.ts';
import { ApiKey } from '../../modules/api-key/entity.ts';
import {
  Application,
  ApplicationMatch,
  ApplicationMessage,
  ApplicationSubmission,
} from '../../modules/application/entity.ts';
import { CatalogueHead, Product } from '../../modules/catalogue/entity.ts';
import { Customer } from '../../modules/customer/entity.ts';
import { Invoice } from '../../modules/invoice/entity.ts';
import { Notice } from '../../modules/notice/entity.ts';
import { Order } from '../../modules/order/entity.ts';
import { OrderDraft } from '../../modules/order-draft/entity.ts';
import { Outbox } from '../../modules/outbox/entity.ts';
import { Problem } from '../../modules/problem/entity.ts';
import { OwnPriceList, OwnPriceRule } from '../../modules/own-price/entity.ts';
import { PriceChange, PricePreview, PriceVersion } from '../../modules/price-version/entity.ts';
import { Programme } from '../../modules/programme/entity.ts';
import { Difference, ReconcileRun } from '../../modules/reconcile/entity.ts';
import { Reseller } from '../../modules/reseller/entity.ts';
import { LedgerEntry } from '../../modules/revenue/entity.ts';
import { PriceLock, Service } from '../../modules/service/entity.ts';
import { SettingsSection, SettingsVersion } from '../../modules/settings/entity.ts';
import { TierDecision } from '../../modules/tier/decision-entity.ts';
import { ResellerNote } from '../../modules/note/entity.ts';
import { ProfileChange, ResellerProfile } from '../../modules/profile/entity.ts';
import { Task } from '../../modules/task/entity.ts';
import { ResellerPolicy } from '../../modules/policy/entity.ts';
import { TicketLink } from '../../modules/ticket/entity.ts';
import { Statement } from '../../modules/statement/entity.ts';
import { Tier } from '../../modules/tier/entity.ts';
import { TierRules } from '../../modules/tier/rules-entity.ts';
import { TierStanding } from '../../modules/tier/standing-entity.ts';
import { WebhookEndpoint } from '../../modules/webhook/entity.ts';

/** Every entity of the service. Tables that are written by SQL alone (price chunks, inbox, rollups) are not among them. */
export const entities = [
  Activity,
  ApiKey,
  Application,
  ApplicationMatch,
  ApplicationMessage,
  ApplicationSubmission,
  CatalogueHead,
  Customer,
  Difference,
  Invoice,
  LedgerEntry,
  Notice,
  Order,
  OrderDraft,
  Outbox,
  OwnPriceList,
  OwnPriceRule,
  PriceChange,
  PriceLock,
  Problem,
  PricePreview,
  PriceVersion,
  Product,
  Programme,
  ReconcileRun,
  Reseller,
  Service,
  SettingsSection,
  SettingsVersion,
  ResellerNote,
  ProfileChange,
  ResellerProfile,
  Task,
  ResellerPolicy,
  TicketLink,
  Statement,
  Tier,
  TierDecision,
  TierRules,
  TierStanding,
  WebhookEndpoint,
];
