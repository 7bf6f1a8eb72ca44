/**
 * The shapes the screens rely on, until `AppRouter` of the server can be imported as a type; then this file derives them
 * from it and nothing else changes. Amounts are decimal strings, ids are opaque.
 */
import type { Amount } from '#lib/format/money.ts';

interface Query<Input, Output> {
  query(input: Input, options?: { signal?: AbortSignal }): Promise<Output>;
}
interface Mutation<Input, Output> {
  mutate(input: Input, options?: { signal?: AbortSignal }): Promise<Output>;
}
interface List<Row> {
  rows: Row[];
  total: number;
  /** Where the next page begins, null on the last. */
  cursor: string | null;
}
type Page = { cursor?: string; limit?: number };

export interface TierRef {
  id: string;
  name: string;
}
export type ResellerStatus = 'active' | 'suspended' | 'inactive' | 'terminated';

export interface Me {
  kind: 'admin' | 'reseller' | 'client';
  name: string;
  scopes: string[];
  reseller: {
    id: string;
    company: string;
    status: ResellerStatus;
    publicReason: string | null;
    tier: TierRef;
    discountBp: number;
    currency: string;
  } | null;
  provider: { name: string; zone: string; currency: string };
  host: { kind: string; name: string };
}

export interface ResellerRow {
  id: string;
  company: string;
  email: string;
  hostClientId: string;
  status: ResellerStatus;
  publicReason: string | null;
  tier: TierRef;
  ownDiscountBp: number | null;
  effectiveDiscountBp: number;
  discountSource: 'reseller_rate' | 'tier_rate' | 'programme_rate';
  revenue: Amount[];
  customers: number;
  services: number;
  orders: number;
  createdAt: string;
  version: number;
}
export type ResellerSort = 'company' | '-company' | 'createdAt' | '-createdAt';

export interface HostClient {
  id: string;
  name: string;
  company: string | null;
  email: string;
  currency: string;
  country: string | null;
  status: string;
  resellerId: string | null;
}

export interface Tier extends TierRef {
  position: number;
  discountBp: number | null;
}
export interface Tiers {
  rows: Tier[];
  programmeDiscountBp: number;
}

export interface CustomerRow {
  id: string;
  name: string;
  company: string | null;
  email: string;
  externalReference: string | null;
  status: string;
  orders: number;
  createdAt: string;
}

export interface ProductTerm {
  term: string;
  wholesale: string;
  retail: string;
  setupWholesale: string | null;
  setupRetail: string | null;
  source: string;
  bp: number | null;
  adjusted: string | null;
}
export interface OptionPrice {
  term: string;
  choice: string | null;
  wholesale: string;
  retail: string;
  setupWholesale: string | null;
}
export interface ProductOption {
  id: string;
  title: string;
  type: 'choice' | 'quantity' | 'flag';
  required: boolean;
  min?: number;
  max?: number;
  choices: Titled[];
  prices: OptionPrice[];
}
interface Titled {
  id: string;
  title: string;
}
export interface Product {
  id: string;
  group: string;
  title: string;
  description: string;
  addons: string[];
  needs: 'domain' | 'hostname' | null;
  terms: ProductTerm[];
  options: ProductOption[];
  notOffered: string | null;
}
export interface Catalogue {
  currency: string;
  currencies: string[];
  taxMode: TaxMode;
  groups: Titled[];
  products: Product[];
}
export type TaxMode = 'net' | 'gross';

export type OptionValue = string | number | boolean;
export interface OrderItem {
  product: string;
  term: string;
  quantity: number;
  options: Record<string, OptionValue>;
  action?: 'register' | 'renew' | 'transfer';
  domain?: string;
}
export interface QuoteComponent {
  component: string;
  title: string;
  quantity: number;
  unit: string;
  amount: string;
  retailUnit: string;
  source: string;
  bp: number | null;
  adjusted: string | null;
}
export interface QuoteLine {
  product: string;
  title: string;
  term: string;
  quantity: number;
  unitPrice: string;
  price: string;
  setup: string;
  retailPrice: string;
  retailSetup: string;
  components: QuoteComponent[];
}
export interface Quote {
  quote: string;
  holdsUntil: string;
  currency: string;
  lines: QuoteLine[];
  dueNow: string;
  recurring: Record<string, string>;
  taxMode: TaxMode;
}
export interface Explanation {
  steps: { level: string; matched: boolean; text: string }[];
  retail: string;
  wholesale: string;
}
export interface ExplainInput {
  product: string;
  component: string;
  term: string;
  currency: string;
  charge: 'price' | 'setup';
}

export interface PaymentMethod {
  id: string;
  title: string;
  credit: string | boolean | null;
}

export type OrderStatus =
  | 'placing'
  | 'pending'
  | 'paid'
  | 'not_accepted'
  | 'cancelled'
  | 'refunded'
  | 'part_refunded';
export interface OrderRow {
  id: string;
  number: string;
  customer: { id: string; name: string } | null;
  title: string;
  lines: number;
  currency: string;
  total: string;
  status: OrderStatus;
  placedAt: string;
  via: 'portal' | 'shop' | 'api' | 'staff';
  hostOrderId: string | null;
  hostInvoiceId: string | null;
}
export interface OrderDetail extends Omit<OrderRow, 'lines'> {
  lines: QuoteLine[];
  invoice: { id: string; number: string; status: string; total: string; dueOn: string | null } | null;
  services: { id: string; title: string; status: string; term: string; recurring: string | null }[];
  timeline: { at: string; kind: string; text: string }[];
  reason: string | null;
}
export interface PlaceOrder {
  idempotencyKey: string;
  quote: string;
  currency: string;
  lines: OrderItem[];
  customerId: string | null;
  paymentMethod: string | null;
  note: string | null;
}

export interface RevenueSummary {
  totals: Amount[];
  previous: Amount[];
  byDay: (Amount & { day: string })[];
}

export interface Api {
  me: { get: Query<void, Me> };
  resellers: {
    list: Query<Page & { search?: string; status?: ResellerStatus; sort?: ResellerSort }, List<ResellerRow>>;
    get: Query<{ id: string }, ResellerRow>;
    create: Mutation<
      { hostClientId: string; company: string; tierId: string; ownDiscountBp: number | null },
      ResellerRow
    >;
    setTerms: Mutation<{ id: string; version: number; tierId: string; ownDiscountBp: number | null }, ResellerRow>;
    setStatus: Mutation<
      { id: string; version: number; status: ResellerStatus; publicReason: string | null; note: string | null },
      ResellerRow
    >;
  };
  hostClients: { search: Query<{ search: string }, { rows: HostClient[] }> };
  tiers: { list: Query<void, Tiers> };
  customers: {
    list: Query<Page & { search?: string }, List<CustomerRow>>;
    create: Mutation<{ name: string; company?: string; email: string; externalReference?: string }, CustomerRow>;
  };
  catalogue: { products: Query<{ currency?: string }, Catalogue> };
  quotes: {
    create: Mutation<{ currency: string; lines: OrderItem[] }, Quote>;
    explain: Query<ExplainInput, Explanation>;
  };
  paymentMethods: { list: Query<void, { rows: PaymentMethod[] }> };
  orders: {
    list: Query<Page & { search?: string; status?: OrderStatus; customerId?: string }, List<OrderRow>>;
    get: Query<{ id: string }, OrderDetail>;
    place: Mutation<PlaceOrder, OrderRow>;
    assignCustomer: Mutation<{ id: string; customerId: string }, OrderRow>;
  };
  revenue: { summary: Query<{ days: number }, RevenueSummary> };
  pulse: { get: Query<void, { versions: Record<string, string> }> };
}
