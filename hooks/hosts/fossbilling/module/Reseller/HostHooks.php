<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

use Box\Mod\Reseller\Bridge\Sql;

/**
 * Connects our listeners and widgets to the host. A fresh FOSSBilling connects the listeners of a module only after its
 * first cron, and never those that new files bring.
 */
final class HostHooks
{
    private const FIRST = 'onAfterAdminActivateExtension';

    /** For a module that is activated: all listeners, and the widgets. */
    public static function connect(\Pimple\Container $di): void
    {
        $di['mod_service']('hook')->batchConnect(Installation::MODULE);
        $di['mod_service']('widgets')->invalidateCache();
    }

    /** While it is being activated the host connects nothing of it. This one listener then connects the others. */
    public static function connectFirst(\Pimple\Container $di): void
    {
        $sql = new Sql($di['pdo']);
        $row = [Installation::MODULE, self::FIRST];
        $there = "SELECT 1 FROM extension_meta WHERE extension = 'mod_hook' AND rel_type = 'mod' AND rel_id = ?
            AND meta_key = 'listener' AND meta_value = ?";
        if ($sql->row($there, $row) === null) {
            $now = date('Y-m-d H:i:s');
            $sql->run("INSERT INTO extension_meta
                (extension, rel_type, rel_id, meta_key, meta_value, created_at, updated_at)
                VALUES ('mod_hook', 'mod', ?, 'listener', ?, ?, ?)", [...$row, $now, $now]);
        }
    }

    /** True while the host calls each of our listeners. */
    public static function areConnected(\Pimple\Container $di): bool
    {
        $rows = (new Sql($di['pdo']))->rows(
            "SELECT meta_value FROM extension_meta WHERE extension = 'mod_hook' AND rel_type = 'mod' AND rel_id = ?
                AND meta_key = 'listener'",
            [Installation::MODULE],
        );
        $listens = static fn (string $method): bool => preg_match('/^on(Before|After)/', $method) === 1;
        $ours = array_filter(get_class_methods(Service::class), $listens);
        return array_diff($ours, array_column($rows, 'meta_value')) === [];
    }

    /** Ends all listeners and widgets. */
    public static function disconnect(\Pimple\Container $di): void
    {
        (new Sql($di['pdo']))->run(
            "DELETE FROM extension_meta WHERE extension = 'mod_hook' AND rel_type = 'mod' AND rel_id = ?
                AND meta_key = 'listener'",
            [Installation::MODULE],
        );
        $di['mod_service']('widgets')->invalidateCache();
    }
}
