<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Screens;

use Box\Mod\Reseller\Host\Cut;
use Box\Mod\Reseller\Installation;

/** Who looks at a screen, by the host's own session. */
final readonly class Visitor
{
    /** What a client may do in the portal; what they are there (reseller, applicant, nobody yet) is the plugin's matter. */
    private const CLIENT_SCOPES = [
        'customers:read', 'customers:write', 'orders:read', 'orders:write', 'services:read', 'prices:read',
        'selling:write', 'tiers:read', 'billing:read', 'keys:manage', 'webhooks:manage', 'activity:read',
        'profile:read', 'profile:write', 'applications:apply',
    ];

    /**
     * @param string $portal admin or client
     * @param string $id of the host
     * @param string|null $actingAdmin id of the staff member who is logged in as this client
     * @param list<string> $scopes
     * @param string|null $name of a staff member, where the host knows one
     */
    private function __construct(
        public string $portal,
        public string $id,
        public ?string $actingAdmin,
        public array $scopes,
        public ?string $name = null,
    ) {
    }

    /** @throws \Throwable the host's own error that leads to its login page */
    public static function staff(\Pimple\Container $di): self
    {
        $member = $di['loggedin_admin'];
        $staff = $di['mod_service']('staff');
        $has = static fn (string $key): bool => $staff->hasPermission($member, Installation::MODULE, $key);
        $name = trim(Cut::to(100, trim((string) self::read($member, 'name'))));
        return new self('admin', self::idOf($member), null, StaffRights::scopes($has), $name === '' ? null : $name);
    }

    /** @throws \Throwable the host's own error that leads to its login page */
    public static function client(\Pimple\Container $di): self
    {
        // As the host's own client pages do it: this also asks for a confirmed e-mail address where that is required.
        $client = $di['api_identity']('client')->getIdentity();
        $admin = $di['session']->get('admin');
        $acting = is_array($admin) && isset($admin['id']) ? (string) $admin['id'] : null;
        return new self('client', self::idOf($client), $acting, self::CLIENT_SCOPES);
    }

    private static function idOf(object $model): string
    {
        return (string) self::read($model, 'id');
    }

    /** 0.8 has a property, later versions a method. */
    private static function read(object $model, string $field): mixed
    {
        $method = 'get' . ucfirst($field);
        return method_exists($model, $method) ? $model->{$method}() : $model->{$field} ?? null;
    }
}
