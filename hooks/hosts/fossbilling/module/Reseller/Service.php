<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

use Box\Mod\Reseller\Bridge\Schema;
use Box\Mod\Reseller\Bridge\Sql;
use Box\Mod\Reseller\Pairing\Unpair;
use FOSSBilling\InformationException;
use FOSSBilling\InjectionAwareInterface;
use FOSSBilling\Interfaces\WidgetProviderInterface;
use FOSSBilling\Version;

/** What the host asks of the module: its life, its permissions, its widgets, its listeners. */
class Service implements InjectionAwareInterface, WidgetProviderInterface
{
    use Listeners;

    /** The version this was proven on. A source checkout of the host calls itself 0.0.1. */
    private const LEAST_HOST = '0.8.5';

    private const SOURCE_CHECKOUT = '0.0.1';

    protected ?\Pimple\Container $di = null;

    public function setDi(\Pimple\Container $di): void
    {
        $this->di = $di;
    }

    public function getDi(): ?\Pimple\Container
    {
        return $this->di;
    }

    /** At every activation, also after a pause: what is there stays. */
    public function install(): bool
    {
        $version = Version::VERSION;
        if ($version !== self::SOURCE_CHECKOUT && version_compare($version, self::LEAST_HOST, '<')) {
            throw new InformationException(
                'This module needs FOSSBilling :least or later; this is :version.',
                [':least' => self::LEAST_HOST, ':version' => $version],
            );
        }
        Installation::of($this->di)->upgrade();
        HostHooks::connectFirst($this->di);
        return true;
    }

    /** Only ever called for a deactivated module. Orders and invoices of the host keep their prices. */
    public function uninstall(): bool
    {
        $installation = Installation::of($this->di);
        Unpair::run($this->di);
        HostHooks::disconnect($this->di);
        $config = "DELETE FROM extension_meta WHERE extension = ? AND meta_key = 'config'";
        (new Sql($installation->pdo()))->run($config, ['mod_' . Installation::MODULE]);
        Schema::drop($installation->pdo());
        return true;
    }

    /** @return array<string, array<string, mixed>> */
    public function getModulePermissions(): array
    {
        $permissions = [];
        foreach (Screens\StaffRights::all() as $key => [$name, $description]) {
            $permissions[$key] = [
                'type' => 'bool',
                'display_name' => __trans($name),
                'description' => __trans($description),
            ];
        }
        return $permissions + ['manage_settings' => []];
    }

    /** @return list<array{slot: string, template: string, priority: int}> */
    public function getWidgets(): array
    {
        $templates = [
            // Before anything of the page is drawn: prices are those of the client, and the menu item is there at once.
            'client.theme.body.start' => 'mod_reseller_start',
            'client.theme.content.before' => 'mod_reseller_shop_panel',
            'client.index.dashboard.client.before' => 'mod_reseller_start_panel',
            'client.index.dashboard.client.after' => 'mod_reseller_invitation_panel',
            'client.order.manage.service.before' => 'mod_reseller_service_panel',
            'admin.theme.content.before' => 'mod_reseller_panel',
        ];
        return array_map(
            static fn (string $slot, string $template): array => compact('slot', 'template') + ['priority' => 1],
            array_keys($templates),
            $templates,
        );
    }

    /** The host connects listeners of a module by a listener that a fresh one does not have yet. */
    public static function onAfterAdminActivateExtension(\Box_Event $event): void
    {
        $di = $event->getDi();
        $row = (new Sql($di['pdo']))->row('SELECT name FROM extension WHERE id = ? AND type = ?', [
            (int) ($event->getParameters()['id'] ?? 0),
            'mod',
        ]);
        if (($row['name'] ?? null) === Installation::MODULE) {
            HostHooks::connect($di);
        }
    }

    /** As above, the other way. */
    public static function onAfterAdminDeactivateExtension(\Box_Event $event): void
    {
        $what = $event->getParameters();
        if (($what['type'] ?? null) === 'mod' && ($what['id'] ?? null) === Installation::MODULE) {
            HostHooks::disconnect($event->getDi());
        }
    }
}
