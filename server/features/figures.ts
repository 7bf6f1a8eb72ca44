import type { Feature } from './feature.ts';

export const figures: readonly Feature[] = [
  {
    feature: 'Revenue of a reseller',
    about: 'Paid wholesale, live, per currency, customer and product',
    where: 'server/modules/revenue',
    procedures: ['revenue.byCustomer', 'revenue.byProduct', 'revenue.overview', 'revenue.series', 'revenue.summary'],
    tests: [
      'revenue.test.ts: a payment is in every figure when its transaction commits, folded or not, once; currencies never meet',
      'revenue.test.ts: the rollups say what two sums over the ledger say',
      'revenue.test.ts: figures of another reseller are answered like those of nobody; the network is for the provider',
      'revenue.test.ts: revenue per customer follows the service to its customer, also when it is assigned later',
    ],
  },
  {
    feature: 'Figures of the network',
    about: 'Beside the host’s direct income; outstanding, payment patterns, distributions, movers',
    where: 'server/modules/network',
    procedures: [
      'network.distribution',
      'network.income',
      'network.outstanding',
      'network.overview',
      'network.rankings',
      'network.series',
    ],
    tests: [
      'revenue.test.ts: outstanding is what is unpaid by age; partly paid is unpaid; median days to pay and the late share',
      'revenue.test.ts: rankings and distributions are as of a stated moment, made anew by the job',
      'revenue.test.ts: the resellers’ part stands beside the host’s direct income; where the host has none it is not available, never 0',
      'revenue.test.ts: a converted total names its rates, and the currencies it has to leave out',
    ],
  },
  {
    feature: 'Statements',
    about: 'Opening + lines = closing; CSV, print, PDF',
    where: 'server/modules/statement',
    procedures: ['statements.current', 'statements.export', 'statements.get', 'statements.list'],
    tests: [
      'statements.test.ts: a month closes with opening + lines = closing, per currency, and the balance goes into the next',
      'statements.test.ts: a closed month never changes: what is reported later goes into the next statement',
      'statements.test.ts: a cancelled invoice and a corrected one leave what is owed; the account is the unpaid invoices',
      'statements.test.ts: it is taken away as CSV, as a page to print, and as a PDF with every letter',
    ],
  },
  {
    feature: 'Activity log',
    about: 'Append-only, sealed by a hash chain, filtered, exported',
    where: 'server/modules/activity',
    procedures: ['activity.export', 'activity.exportOwn', 'activity.list', 'activity.verify'],
    tests: [
      'activity.test.ts: the log is found by every filter, newest first, page by page without a gap',
      'activity.test.ts: a reseller sees its own part, without what is internal, notes and the reasons of the provider',
      'activity.test.ts: the export is the whole log as CSV that no spreadsheet runs, and as JSON lines with hashes',
      'activity.test.ts: entries are sealed once, whatever order they commit in; the log refuses to be changed',
      'activity.test.ts: a change behind the log’s back is found: the first entry that was changed, removed or lost its link',
      'matrix.test.ts: every write leaves an entry in the activity log',
    ],
  },
  {
    feature: 'Portal seen by an admin',
    about: 'Read-only, in the log, and the reseller sees when',
    where: 'server/modules/identity',
    procedures: ['resellers.viewAs'],
    tests: [
      'activity.test.ts: an admin sees a portal read-only; the visit is in the log once, and the reseller finds it there',
      'matrix.test.ts: every actor gets what the permission table says',
    ],
  },
  {
    feature: 'Notices',
    about: 'Through the host or SMTP, with preview and delivery state',
    where: 'server/modules/notice',
    procedures: ['notices.list', 'notices.markRead', 'notices.preview', 'notices.retry'],
    tests: [
      'notices.test.ts: without mail a notice is kept in the portal: who paid which order, told once, to its reseller alone',
      'notices.test.ts: with SMTP it is sent as plain text; what the server puts off is tried again, what it refuses is a problem',
      'notices.test.ts: a change of the own discount is no change of tier; a notice switched off is not made; an own text is used',
      'notices.test.ts: an applicant is told by the address in the event; what is a day old is not news',
      'notices.test.ts: a preview shows the newest real data and sends nothing; an unknown name is refused',
    ],
  },
  {
    feature: 'Problems',
    about: 'What the provider must look at, once each, with an owner',
    where: 'server/modules/problem',
    procedures: ['problems.acknowledge', 'problems.list', 'problems.resolve'],
    tests: [
      'problems.test.ts: the same problem is counted, not listed twice; it is taken on, resolved, and opens anew when it is seen again',
      'problems.test.ts: price lists that the host did not confirm for 24 hours are a problem until it fetches them again',
    ],
  },
  {
    feature: 'API keys',
    about: 'Never with more rights than their maker',
    where: 'server/modules/api-key',
    procedures: ['keys.create'],
    tests: [
      'settings.test.ts: the policy for keys',
      'matrix.test.ts: an id of another reseller is answered like one that is nobody’s',
    ],
  },
  {
    feature: 'Who is asking',
    about: 'Rights and what changed since, for every screen',
    where: 'server/modules/identity',
    procedures: ['me.get', 'pulse.get'],
    tests: [
      'activity.test.ts: the pulse names the last entry of each kind, of one’s own',
      'matrix.test.ts: every actor gets what the permission table says',
      'matrix.test.ts: nobody gets anything',
    ],
  },
];
