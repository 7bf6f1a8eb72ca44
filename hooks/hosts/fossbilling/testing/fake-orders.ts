import { find, HostSays, newId, paged, stamp, stored, type FakeState, type Handlers } from './fake-state.ts';
import { shapeOf, type Shape } from './recorded.ts';

const notFound = 'Order Not Found';

/** FOSSBilling's order calls, with the traits that matter: no idempotency, add-ons hidden, meta compared as LIKE. */
export const orderCalls: Handlers = {
  'order/create': (state, data) => {
    const client = find(state.clients, data['client_id'], 'Client not found');
    const addon = state.products.flatMap((product) => product['addons'] as Shape[]).find(hasId(data['product_id']));
    const product = addon ?? find(state.products, data['product_id'], 'Product not found');
    const group = data['group_id'];
    if (addon && !group) throw new HostSays('Group ID parameter is missing for addon product order', 832);
    if (group && !state.orders.some((row) => row['group_id'] === group && row['group_master'])) {
      throw new HostSays(`Parent order ${String(group)} was not found`);
    }
    if (Number(data['price']) < 0) throw new HostSays('Price cannot be negative.');
    const config = configOf(product, data);
    const id = newId(state);
    const row = {
      ...shapeOf('order.get.pending'),
      id,
      client_id: client['id'],
      product_id: product['id'],
      group_id: group ?? `6b0${id}`,
      group_master: group ? 0 : 1,
      invoice_option: data['invoice_option'] ?? 'no-invoice',
      title: product['type'] === 'domain' ? domainTitle(config) : (data['title'] ?? product['title']),
      currency: data['currency'] ?? client['currency'],
      service_type: product['type'],
      period: data['period'] ?? null,
      quantity: product['type'] === 'domain' ? 1 : Math.max(1, Number(data['quantity'] ?? 1)),
      price: stored(data['price']),
      notes: data['notes'] ?? null,
      config,
      meta: { ...(data['meta'] as Shape) },
      created_at: stamp(state),
      updated_at: stamp(state),
    };
    state.orders.push(row);
    return id;
  },
  'order/get': (state, data) => shown(find(state.orders, data['id'], notFound)),
  'order/get_list': (state, data) => {
    const [key, value] = Object.entries((data['meta'] ?? {}) as Shape)[0] ?? [];
    const rows = state.orders.filter((row) => {
      const like = key === undefined || matchesLike(String((row['meta'] as Shape)[key] ?? ''), `${String(value)}%`);
      const ofClient = !data['client_id'] || String(row['client_id']) === String(data['client_id']);
      return ofClient && like && (state.showAddons || row['group_master'] === 1);
    });
    // The join with meta repeats a row for each of its keys, unless one key is asked for.
    const repeat = (row: Shape) => (key === undefined ? Math.max(1, Object.keys(row['meta'] as Shape).length) : 1);
    const newest = rows.toSorted((left, right) => Number(right['id']) - Number(left['id']));
    const answer = paged(newest, data, repeat);
    return { ...answer, list: (answer['list'] as Shape[]).map(shown) };
  },
  'order/addons': (state, data) => {
    const master = find(state.orders, data['id'], notFound);
    return state.orders.filter((row) => row['group_id'] === master['group_id'] && row['group_master'] === 0).map(shown);
  },
  'order/update': (state, data) => {
    const row = find(state.orders, data['id'], notFound);
    for (const key of ['invoice_option', 'title', 'status', 'notes', 'reason'] as const)
      row[key] = data[key] ?? row[key];
    if (data['price'] !== undefined) row['price'] = stored(data['price']);
    row['meta'] = { ...(row['meta'] as Shape), ...(data['meta'] as Shape) };
    row['updated_at'] = stamp(state);
    return true;
  },
  'order/delete': (state, data) => {
    const row = find(state.orders, data['id'], notFound);
    state.orders.splice(state.orders.indexOf(row), 1);
    return true;
  },
  'order/activate': (state, data) => activate(state, find(state.orders, data['id'], notFound)),
};

function hasId(id: unknown) {
  return (entry: Shape) => String(entry['id']) === String(id);
}

/** PHP sends an empty map as a list. */
function shown(row: Shape): Shape {
  return { ...row, meta: Object.keys(row['meta'] as Shape).length === 0 ? [] : row['meta'] };
}

function matchesLike(text: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'i').test(text);
}

function configOf(product: Shape, data: Shape): Shape {
  const config: Shape = { ...(data['config'] as Shape), ...(data['period'] ? { period: data['period'] } : {}) };
  if (product['type'] !== 'hosting') return config;
  const domain = config['domain'] as Shape | undefined;
  if (!domain) throw new HostSays('Hosting product must have domain configuration');
  return { ...(product['config'] as Shape), ...config, sld: domain['owndomain_sld'], tld: domain['owndomain_tld'] };
}

function domainTitle(config: Shape): string {
  const action = String(config['action']);
  return `${String(config[`${action}_sld`])}${String(config[`${action}_tld`])}`;
}

/** Sets a row up, and the add-ons of a master with it. */
export function activate(state: FakeState, row: Shape): true {
  const own = [row, ...state.orders.filter((other) => row['group_master'] && isAddonOf(other, row))];
  for (const each of own) {
    if (each['status'] !== 'pending_setup') continue;
    each['status'] = 'active';
    each['service_id'] = newId(state);
    each['activated_at'] = stamp(state);
    if (each['period']) each['expires_at'] = '2027-02-10 12:00:00';
    each['updated_at'] = stamp(state);
  }
  return true;
}

function isAddonOf(other: Shape, master: Shape): boolean {
  return other['group_id'] === master['group_id'] && other['group_master'] === 0;
}
