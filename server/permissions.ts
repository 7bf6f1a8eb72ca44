/** Every permission there is, `resource:verb`, with the purpose shown when the plugin is installed. */
export const permissionPurposes = {
  'network:read': 'See revenue and figures of all resellers',
  'resellers:read': 'See resellers and their terms',
  'resellers:write': 'Create resellers, change terms and status',
  'applications:apply': 'Apply to become a reseller and see the own application',
  'applications:read': 'See applications',
  'applications:review': 'Decide applications',
  'tiers:read': 'See tiers',
  'tiers:write': 'Change tiers',
  'customers:read': 'See customers',
  'customers:write': 'Add and change customers',
  'orders:read': 'See orders',
  'orders:write': 'Place and cancel orders',
  'services:read': 'See services',
  'prices:read': 'See wholesale prices and ask for quotes',
  'prices:write': 'Draft prices',
  'prices:publish': 'Publish prices',
  'selling:write': 'Set the own price list',
  'billing:read': 'See invoices and statements',
  'problems:read': 'See problems and differences',
  'problems:repair': 'Run reconcile and repair differences',
  'activity:read': 'See the activity log',
  'activity:export': 'Export the activity log',
  'settings:read': 'See settings',
  'settings:write': 'Change settings',
  'keys:manage': 'Make and revoke API keys',
  'webhooks:manage': 'Manage webhook endpoints',
  'profile:read': 'See the own company profile',
  'profile:write': 'Change the own company profile',
  'host:report': 'Report what happened in the host',
} as const;
export type Permission = keyof typeof permissionPurposes;
export const permissions = Object.keys(permissionPurposes) as Permission[];

/** What only the provider's side may hold. */
export const adminOnly: ReadonlySet<Permission> = new Set<Permission>([
  'network:read',
  'resellers:read',
  'resellers:write',
  'applications:read',
  'applications:review',
  'tiers:write',
  'prices:write',
  'prices:publish',
  'problems:read',
  'problems:repair',
  'activity:export',
  'settings:read',
  'settings:write',
]);
/** What only the host's bridge may hold. */
const hostOnly: ReadonlySet<Permission> = new Set<Permission>(['host:report']);

/** What a client of the host may hold who is no reseller: nobody else applies. */
export const clientPermissions: ReadonlySet<Permission> = new Set<Permission>(['applications:apply']);

export const adminPermissions: ReadonlySet<Permission> = new Set(
  permissions.filter((name) => !hostOnly.has(name) && !clientPermissions.has(name)),
);
export const resellerPermissions: ReadonlySet<Permission> = new Set(
  permissions.filter((name) => !adminOnly.has(name) && !hostOnly.has(name) && !clientPermissions.has(name)),
);
export const hostPermissions: ReadonlySet<Permission> = hostOnly;
export const systemPermissions: ReadonlySet<Permission> = new Set(permissions);

/** The permissions among `names` that exist and that `allowed` grants: unknown names are dropped. */
export function intersect(names: readonly string[], allowed: ReadonlySet<Permission>): ReadonlySet<Permission> {
  return new Set(permissions.filter((name) => allowed.has(name) && names.includes(name)));
}
