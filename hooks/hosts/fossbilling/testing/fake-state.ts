import { listOf, shapeOf, type Shape } from './recorded.ts';

/** The host refuses, in its own words. */
export class HostSays extends Error {
  readonly code: number;

  constructor(message: string, code = 9999) {
    super(message);
    this.code = code;
  }
}

/** What the fake host holds, in the shapes it sends. */
export interface FakeState {
  now: number;
  nextId: number;
  showAddons: boolean;
  refundLogic: 'manual' | 'credit_note';
  products: Shape[];
  currencies: Shape[];
  clients: Shape[];
  orders: Shape[];
  invoices: Shape[];
  balances: Shape[];
  tickets: Shape[];
}

/** One call of the host's API. */
export type Handler = (state: FakeState, data: Shape) => unknown;
export type Handlers = Record<string, Handler>;

export function createState(): FakeState {
  const client = shapeOf('client.get');
  const state: FakeState = {
    now: Date.parse('2027-01-10T12:00:00Z'),
    nextId: 700,
    showAddons: false,
    refundLogic: 'manual',
    products: listOf('product.get_list'),
    currencies: [
      ...listOf('currency.get_list'),
      { code: 'JPY', name: 'Yen', symbol: '¥', conversion_rate: 150.25, default: false },
    ],
    clients: [client, { ...client, id: 5, email: 'eur@example.com', currency: 'EUR' }],
    orders: [],
    invoices: [],
    balances: [],
    tickets: [],
  };
  state.clients.push({ ...client, id: 6, email: 'jpy@example.com', currency: 'JPY' });
  state.clients.push({ ...client, id: 7, email: 'gone@example.com', status: 'suspended' });
  return state;
}

export function newId(state: FakeState): number {
  state.nextId += 1;
  return state.nextId;
}

/** The host's way to write a moment. */
export function stamp(state: FakeState): string {
  return new Date(state.now).toISOString().slice(0, 19).replace('T', ' ');
}

export function find(list: Shape[], id: unknown, message: string): Shape {
  const found = list.find((entry) => String(entry['id']) === String(id));
  if (found) return found;
  throw new HostSays(message);
}

/** As the host's columns hold an amount: two digits. Refuses what is no number. */
export function stored(value: unknown): number {
  const number = Number(value);
  if (value === '' || Number.isNaN(number)) throw new HostSays('Price must be a valid number.');
  return Math.round(number * 100) / 100;
}

/** A page of a list as the host cuts it. */
export function paged(rows: Shape[], data: Shape, repeat: (row: Shape) => number = () => 1): Shape {
  const size = Number(data['per_page'] ?? 100);
  const page = Number(data['page'] ?? 1);
  if (size > 500) throw new HostSays('The number of items per page (per_page) is too large.');
  const repeated = rows.flatMap((row) => Array.from({ length: repeat(row) }, () => row));
  const list = [...new Set(repeated.slice((page - 1) * size, page * size))];
  return { pages: Math.ceil(repeated.length / size), page, per_page: size, total: repeated.length, list };
}
