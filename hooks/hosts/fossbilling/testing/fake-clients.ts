import { find, HostSays, newId, paged, stamp, stored, type Handlers } from './fake-state.ts';

/** FOSSBilling's calls about clients, credit, tickets, products and itself. */
export const otherCalls: Handlers = {
  'client/get': (state, data) => find(state.clients, data['id'], 'Client not found'),
  'client/get_list': (state, data) => {
    const text = String(data['search'] ?? '').toLowerCase();
    return paged(
      state.clients.filter((client) => JSON.stringify(client).toLowerCase().includes(text)),
      data,
    );
  },
  'client/balance_get_list': (state, data) => {
    return paged(
      state.balances.filter((entry) => String(entry['client_id']) === String(data['client_id'])),
      data,
    );
  },
  'client/balance_add_funds': (state, data) => {
    const client = find(state.clients, data['id'], 'Client not found');
    const amount = stored(data['amount']);
    if (!data['description']) throw new HostSays('Funds description is invalid');
    client['balance'] = stored(Number(client['balance']) + amount);
    const entry = { id: newId(state), client_id: client['id'], description: data['description'] };
    state.balances.unshift({
      ...entry,
      amount: amount.toFixed(2),
      currency: client['currency'],
      created_at: stamp(state),
    });
    return true;
  },
  'product/get_list': (state, data) => paged(state.products, data),
  'currency/get_list': (state, data) => paged(state.currencies, data),
  'extension/config_get': (state) => ({ ext: 'mod_order', ...(state.showAddons ? { show_addons: '1' } : {}) }),
  'system/update_finalization_status': () => ({ required: false, current_version: '0.8.5', state: null }),
  'system/company': () => ({ name: 'Company Name', www: 'http://127.0.0.1/' }),
  'invoice/gateways': () => [
    {
      id: 1,
      code: 'Custom',
      title: 'Bank transfer',
      allow_single: 1,
      allow_recurrent: 1,
      accepted_currencies: ['USD', 'EUR'],
    },
    { id: 2, code: 'PayPal', title: 'PayPal', allow_single: 1, allow_recurrent: 0, accepted_currencies: ['EUR'] },
    { id: 3, code: 'ClientBalance', title: 'Balance', allow_single: 1, allow_recurrent: 0, accepted_currencies: [] },
  ],
  'support/ticket_get_list': (state, data) => {
    return paged(
      state.tickets.filter((ticket) => String(ticket['client_id']) === String(data['client_id'])),
      data,
    );
  },
  'support/ticket_get': (state, data) => find(state.tickets, data['id'], 'Ticket not found'),
  'support/note_create': (state, data) => {
    const ticket = find(state.tickets, data['ticket_id'], 'Ticket not found');
    (ticket['notes'] as object[]).push({ id: newId(state), note: data['note'] });
    return newId(state);
  },
};
