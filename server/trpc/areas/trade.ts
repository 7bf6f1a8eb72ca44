import { archiveCustomer } from '../../modules/customer/archive.ts';
import { createCustomer } from '../../modules/customer/create.ts';
import { exportCustomers } from '../../modules/customer/export.ts';
import { getCustomer } from '../../modules/customer/get.ts';
import { importCustomers } from '../../modules/customer/import-customers.ts';
import { previewCustomerImport } from '../../modules/customer/import-preview.ts';
import { linkHostClient } from '../../modules/customer/link-host-client.ts';
import { listCustomers } from '../../modules/customer/list.ts';
import { removeCustomer } from '../../modules/customer/remove.ts';
import { restoreCustomer } from '../../modules/customer/restore.ts';
import { totalCustomers } from '../../modules/customer/totals.ts';
import { updateCustomer } from '../../modules/customer/update.ts';
import { getBalance } from '../../modules/invoice/balance.ts';
import { getInvoice } from '../../modules/invoice/get.ts';
import { listInvoices } from '../../modules/invoice/list.ts';
import { distributionOfNetwork } from '../../modules/network/distribution.ts';
import { exportNetwork } from '../../modules/network/export.ts';
import { incomeOfNetwork } from '../../modules/network/income.ts';
import { networkNeedsAction } from '../../modules/network/needs-action.ts';
import { outstandingOfNetwork } from '../../modules/network/outstanding.ts';
import { overviewOfNetwork } from '../../modules/network/overview.ts';
import { rankResellers } from '../../modules/network/rankings.ts';
import { seriesOfNetwork } from '../../modules/network/series.ts';
import { getDraft } from '../../modules/order-draft/get.ts';
import { listDrafts } from '../../modules/order-draft/list.ts';
import { removeDraft } from '../../modules/order-draft/remove.ts';
import { saveOrderDraft } from '../../modules/order-draft/save.ts';
import { orderAgain } from '../../modules/order/again.ts';
import { assignCustomer } from '../../modules/order/assign-customer.ts';
import { cancelOrder } from '../../modules/order/cancel.ts';
import { exportOrders } from '../../modules/order/export.ts';
import { getOrder } from '../../modules/order/get.ts';
import { listOrders } from '../../modules/order/list.ts';
import { listPaymentMethods } from '../../modules/order/payment-methods.ts';
import { placeOrder } from '../../modules/order/place.ts';
import { totalOrders } from '../../modules/order/totals.ts';
import { updateOrder } from '../../modules/order/update.ts';
import { eraseCustomer } from '../../modules/person/erase-customer.ts';
import { previewEraseCustomer } from '../../modules/person/preview-erase-customer.ts';
import { revenueByCustomer } from '../../modules/revenue/by-customer.ts';
import { revenueByProduct } from '../../modules/revenue/by-product.ts';
import { overviewOfReseller } from '../../modules/revenue/overview.ts';
import { seriesOfRevenue } from '../../modules/revenue/series.ts';
import { summariseRevenue } from '../../modules/revenue/summarise.ts';
import { assignService } from '../../modules/service/assign-customer.ts';
import { getService } from '../../modules/service/get.ts';
import { listServices } from '../../modules/service/list.ts';
import { servicesByMonth } from '../../modules/service/by-month.ts';
import { totalServices } from '../../modules/service/totals.ts';
import { currentStatement } from '../../modules/statement/current.ts';
import { getStatement } from '../../modules/statement/get.ts';
import { listStatements } from '../../modules/statement/list.ts';
import { linkTicket } from '../../modules/ticket/link.ts';
import { listTickets } from '../../modules/ticket/list.ts';
import { mutation, query, t } from '../procedure.ts';

/** What is sold, and what came of it. */
export const trade = {
  customers: t.router({
    list: query(listCustomers),
    create: mutation(createCustomer),
    totals: query(totalCustomers),
    get: query(getCustomer),
    update: mutation(updateCustomer),
    archive: mutation(archiveCustomer),
    restore: mutation(restoreCustomer),
    remove: mutation(removeCustomer),
    previewErase: query(previewEraseCustomer),
    erase: mutation(eraseCustomer),
    linkHostClient: mutation(linkHostClient),
    importPreview: mutation(previewCustomerImport),
    import: mutation(importCustomers),
    export: query(exportCustomers),
  }),
  paymentMethods: t.router({ list: query(listPaymentMethods) }),
  orders: t.router({
    place: mutation(placeOrder),
    list: query(listOrders),
    get: query(getOrder),
    assignCustomer: mutation(assignCustomer),
    totals: query(totalOrders),
    export: query(exportOrders),
    again: query(orderAgain),
    update: mutation(updateOrder),
    cancel: mutation(cancelOrder),
  }),
  revenue: t.router({
    summary: query(summariseRevenue),
    overview: query(overviewOfReseller),
    series: query(seriesOfRevenue),
    byProduct: query(revenueByProduct),
    byCustomer: query(revenueByCustomer),
  }),
  services: t.router({
    list: query(listServices),
    byMonth: query(servicesByMonth),
    totals: query(totalServices),
    get: query(getService),
    assignCustomer: mutation(assignService),
  }),
  tickets: t.router({ list: query(listTickets), link: mutation(linkTicket) }),
  invoices: t.router({ list: query(listInvoices), get: query(getInvoice), balance: query(getBalance) }),
  drafts: t.router({
    list: query(listDrafts),
    get: query(getDraft),
    save: mutation(saveOrderDraft),
    remove: mutation(removeDraft),
  }),
  network: t.router({
    overview: query(overviewOfNetwork),
    series: query(seriesOfNetwork),
    export: query(exportNetwork),
    income: query(incomeOfNetwork),
    needsAction: query(networkNeedsAction),
    rankings: query(rankResellers),
    distribution: query(distributionOfNetwork),
    outstanding: query(outstandingOfNetwork),
  }),
  statements: t.router({ list: query(listStatements), get: query(getStatement), current: query(currentStatement) }),
};
