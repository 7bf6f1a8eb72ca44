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
export type Tiers = Answers['tiers']['list'];

export type CustomerRow = Answers['customers']['list']['rows'][number];

export type Catalogue = Answers['catalogue']['products'];
export type Product = Catalogue['products'][number];
export type ProductTerm = Product['terms'][number];
export type ProductOption = Product['options'][number];

export type Quote = Answers['quotes']['review'];
export type Explanation = Answers['quotes']['explain'];
export type OrderItem = Questions['quotes']['review']['lines'][number];
export type OptionValue = OrderItem['options'][string];
export type OrderAction = NonNullable<OrderItem['action']>;

export type OrderRow = Answers['orders']['list']['rows'][number];
/** An order as placing it answers. */
export type PlacedOrder = Answers['orders']['place'];
export type OrderStatus = OrderRow['status'];
export type OrderDetail = Answers['orders']['get'];
export type OrderLine = OrderDetail['orderLines'][number];
export type LineComponent = OrderLine['components'][number];
export type PlaceOrder = Questions['orders']['place'];

export type RevenueSummary = Answers['revenue']['summary'];

export type ExploredPrices = Answers['prices']['explore'];
export type ExploredProduct = ExploredPrices['rows'][number];
export type ExploredLine = ExploredProduct['lines'][number];
export type PriceQuestion = Questions['prices']['explore'];
export type PriceSource = NonNullable<PriceQuestion['source']>;
export type PriceVersionRow = Answers['prices']['versions']['rows'][number];
export type PriceVersionDetail = Answers['prices']['version'];
export type PricePreview = NonNullable<PriceVersionDetail['preview']>;
export type PriceRules = Answers['prices']['rules'];
export type PriceRuleRow = PriceRules['rows'][number];
export type PriceChange = NonNullable<Questions['prices']['saveChanges']['changes']>[number];
export type StoredChange = Answers['prices']['changes']['rows'][number];

export type ActivityRow = Answers['activity']['list']['rows'][number];
export type ActivityQuestion = Questions['activity']['list'];

export type NetworkOverview = Answers['network']['overview'];
export type NetworkIncome = Answers['network']['income'];
export type NetworkSeries = Answers['network']['series'];
export type Rankings = Answers['network']['rankings'];
export type NetworkOutstanding = Answers['network']['outstanding'];
export type ProblemRow = Answers['problems']['list']['rows'][number];

export type SettingsRow = Answers['settings']['get']['rows'][number];
export type SettingsSection = SettingsRow['section'];
export type SettingsPreview = Answers['settings']['preview'];
