/** The shapes screens work with, as the server's router gives them. Types only: nothing of the server is bundled. */
import type { TRPCClient } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../../server/trpc/router.ts';

type Answers = inferRouterOutputs<AppRouter>;
type Questions = inferRouterInputs<AppRouter>;

export type Api = TRPCClient<AppRouter>;

export type Me = Answers['me']['get'];

export type ResellerRow = Answers['resellers']['list']['rows'][number];
export type ResellerStatus = ResellerRow['status'];
export type ResellerSort = NonNullable<Questions['resellers']['list']['sort']>;
export type HostClient = Answers['hostClients']['search']['rows'][number];
export type ResellerDetails = Answers['resellers']['details'];
export type ResellerTotals = Answers['resellers']['totals'];
export type ResellerQuestion = NonNullable<Questions['resellers']['list']>;
export type ProfileChange = Answers['profileChanges']['list']['rows'][number];
/** What other terms of a reseller would do. */
export type TermsPreview = Answers['resellers']['previewTerms'];
export type ResellerKey = Answers['keys']['list']['rows'][number];
export type ResellerEndpoint = Answers['webhooks']['list']['rows'][number];
export type ResellerNote = Answers['resellerNotes']['list']['rows'][number];
export type Tiers = Answers['tiers']['list'];
export type Tier = Tiers['rows'][number];
export type TierRules = Tiers['rules'];
export type TierProgress = Answers['tiers']['progress'];
export type TierStanding = Answers['tiers']['standings']['rows'][number];
export type Standing = TierStanding['standing'];
export type TierMembers = Answers['tiers']['members']['rows'][number];
export type Simulation = Questions['tiers']['simulate'];
export type BulkChange = Questions['resellers']['previewChange']['change'];
export type BulkSelection = Questions['resellers']['previewChange']['selection'];
export type TaskRow = Answers['tasks']['rows']['rows'][number];
export type Task = Answers['tasks']['get'];

export type ApplicationRow = Answers['applications']['list']['rows'][number];
export type ApplicationView = keyof Answers['applications']['list']['views'];
export type ApplicationSort = NonNullable<Questions['applications']['list']['sort']>;
export type ApplicationDetail = Answers['applications']['get'];
export type ApplicationAnswer = ApplicationDetail['answers'][number];
export type BulkOutcome = Answers['applications']['rejectMany']['results'][number];

export type CustomerRow = Answers['customers']['list']['rows'][number];

export type Catalogue = Answers['catalogue']['products'];
export type Product = Catalogue['products'][number];
export type ProductTerm = Product['terms'][number];
export type ProductOption = Product['options'][number];

export type Quote = Answers['quotes']['review'];
export type Explanation = Answers['quotes']['explain'];
type AskedLine = Questions['quotes']['review']['lines'][number];
export type OrderItem = Omit<AskedLine, 'options'> & { options: NonNullable<AskedLine['options']> };
export type OptionValue = OrderItem['options'][string];
export type OrderAction = NonNullable<OrderItem['action']>;

export type OrderRow = Answers['orders']['list']['rows'][number];
/** An order as placing it answers. */
export type PlacedOrder = Answers['orders']['place'];
export type OrderStatus = OrderRow['status'];
export type OrderVia = OrderRow['via'];
export type OrderDetail = Answers['orders']['get'];
export type OrderLine = OrderDetail['orderLines'][number];
export type LineComponent = OrderLine['components'][number];
export type PlaceOrder = Questions['orders']['place'];

export type RevenueSummary = Answers['revenue']['summary'];

export type OwnApplication = Answers['application']['get'];
export type Application = NonNullable<OwnApplication['application']>;
export type ApplicationField = OwnApplication['form']['fields'][number];
export type ApplicationAnswers = Questions['application']['saveDraft']['answers'];

export type Overview = Answers['revenue']['overview'];

export type CustomerListRow = Answers['customers']['list']['rows'][number];
export type CustomerDetail = Answers['customers']['get'];
export type CustomerView = NonNullable<Questions['customers']['list']['view']>;
export type CustomerSort = NonNullable<Questions['customers']['list']['sort']>;
export type CustomerImport = Answers['customers']['importPreview'];

export type ServiceRow = Answers['services']['list']['rows'][number];
export type ServiceDetail = Answers['services']['get'];
export type ServiceView = NonNullable<Questions['services']['list']['view']>;

export type InvoiceRow = Answers['invoices']['list']['rows'][number];
export type Account = Answers['statements']['current']['rows'][number];
export type StatementRow = Answers['statements']['list']['rows'][number];

export type Profile = Answers['profile']['get'];

export type OwnPriceProduct = Answers['ownPrices']['list']['rows'][number];
export type OwnPriceLine = OwnPriceProduct['lines'][number];
export type OwnRule = Answers['ownPrices']['get']['rules'][number];
export type OwnRuleInput = NonNullable<Questions['ownPrices']['save']['rules']>[number];
export type OrderAgain = Answers['orders']['again'];
export type ExploredPrices = Answers['prices']['explore'];
export type ExploredProduct = ExploredPrices['rows'][number];
export type ExploredLine = ExploredProduct['lines'][number];
export type PriceQuestion = Questions['prices']['explore'];
export type PriceSource = NonNullable<PriceQuestion['source']>;
export type BookPage = Answers['prices']['book'];
export type BookCell = NonNullable<BookPage['rows'][number]['lines'][number]['cells'][number]>;
export type BookEdit = Questions['prices']['editBook'];
export type BookEdited = Answers['prices']['editBook'];
export type PriceVersionRow = Omit<Answers['prices']['versions']['rows'][number], 'lastBy'>;
export type PriceVersionDetail = Answers['prices']['version'];
export type PricePreview = NonNullable<PriceVersionDetail['preview']>;
export type PriceRules = Answers['prices']['rules'];
export type RuleReach = Answers['prices']['ruleReach']['rows'][number];
export type PriceRuleRow = PriceRules['rows'][number];
export type PriceChange = NonNullable<Questions['prices']['saveChanges']['changes']>[number];
export type StoredChange = Answers['prices']['changes']['rows'][number];

export type ActivityRow = Answers['activity']['list']['rows'][number];
export type ActivityQuestion = Questions['activity']['list'];

export type ActionLine = Answers['network']['needsAction']['lines'][number];
export type Distribution = Answers['network']['distribution'];
export type NetworkExport = Questions['network']['export'];
export type NetworkOverview = Answers['network']['overview'];
export type NetworkIncome = Answers['network']['income'];
export type NetworkSeries = Answers['network']['series'];
export type Rankings = Answers['network']['rankings'];
export type NetworkOutstanding = Answers['network']['outstanding'];
export type DifferenceRow = Answers['reconcile']['list']['rows'][number];
export type DifferenceKind = DifferenceRow['kind'];
export type ProblemRow = Answers['problems']['list']['rows'][number];

export type ApiKey = Answers['keys']['list']['rows'][number];
/** A key as making it answers, with its text, this once. */
export type NewKey = Answers['keys']['create'];
export type KeysOverview = Answers['keys']['overview'];
export type KeyUsage = Answers['keys']['usage'];
export type ApiCall = Answers['keys']['calls']['rows'][number];

export type Webhook = Answers['webhooks']['update'];
/** With how it fares. */
export type WebhookRow = Answers['webhooks']['list']['rows'][number];
export type Replay = Answers['webhooks']['replays']['rows'][number];
export type ShownSecret = Answers['webhooks']['reveal'];
export type WebhookUsage = Answers['webhooks']['usage'];
/** An endpoint as making it or rotating its secret answers, with the secret, this once. */
export type NewWebhook = Answers['webhooks']['create'];
export type Delivery = Answers['webhooks']['deliveries']['rows'][number];
export type DeliveryDetail = Answers['webhooks']['delivery'];
export type EventTypeRow = Answers['events']['types']['rows'][number];
export type WebhookCheck = Answers['webhooks']['check'];
export type DeliveryQuestion = Questions['webhooks']['deliveries'];
export type DeliveryState = Delivery['state'];
export type NoticeKind = Questions['notices']['preview']['kind'];
export type NoticePreview = Answers['notices']['preview'];
export type StaleBookRow = Answers['prices']['staleBooks']['rows'][number];
export type PriceImport = Answers['prices']['importCsv'];

export type Notice = Answers['notices']['list']['rows'][number];
export type Ticket = Answers['tickets']['list']['rows'][number];

export type Health = Answers['health']['get'];

export type SettingsRow = Answers['settings']['get']['rows'][number];
export type SettingsSection = SettingsRow['section'];
export type SettingsPreview = Answers['settings']['preview'];
