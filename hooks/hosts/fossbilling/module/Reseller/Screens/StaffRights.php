<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Screens;

/** What a staff member may do in the programme, by the module's permissions in the host. */
final class StaffRights
{
    /** Name, description, and the plugin's scopes that come with it. */
    private const RIGHTS = [
        'view' => [
            'View the programme',
            'Allows the staff member to see resellers, orders, prices and figures.',
            [
                'network:read', 'resellers:read', 'applications:read', 'customers:read', 'orders:read', 'services:read',
                'billing:read', 'prices:read', 'tiers:read', 'problems:read', 'activity:read', 'settings:read',
            ],
        ],
        'manage_resellers' => [
            'Manage resellers',
            'Allows the staff member to decide applications, change terms, suspend resellers, and erase a person’s data.',
            ['resellers:write', 'applications:review', 'customers:write', 'keys:manage', 'webhooks:manage'],
        ],
        'manage_prices' => [
            'Manage wholesale prices',
            'Allows the staff member to change tiers and price books, and to publish prices.',
            ['prices:write', 'prices:publish', 'tiers:write'],
        ],
        'repair' => [
            'Repair differences',
            'Allows the staff member to run the comparison with the host and to repair what differs.',
            ['problems:repair'],
        ],
        'export_activity' => [
            'Export the activity log',
            'Allows the staff member to download who did what.',
            ['activity:export'],
        ],
    ];

    /** Comes with the host's own right to change the settings of a module. */
    private const SETTINGS = ['settings:write'];

    /** @return array<string, array{string, string}> name and description by permission */
    public static function all(): array
    {
        return array_map(static fn (array $right): array => [$right[0], $right[1]], self::RIGHTS);
    }

    /**
     * @param \Closure(string): bool $has whether the staff member has a permission of this module
     * @return list<string>
     */
    public static function scopes(\Closure $has): array
    {
        $scopes = [];
        foreach (self::RIGHTS as $key => [, , $granted]) {
            array_push($scopes, ...($has($key) ? $granted : []));
        }
        array_push($scopes, ...($has('manage_settings') ? self::SETTINGS : []));
        return $scopes;
    }
}
