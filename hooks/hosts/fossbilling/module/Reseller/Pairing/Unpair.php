<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Pairing;

use Box\Mod\Reseller\Installation;

/**
 * Forgets keys and address and ends the service's token: a pause. Price lists, locks and events that were not sent stay,
 * and pairing again goes on with them.
 */
final class Unpair
{
    public static function run(\Pimple\Container $di): void
    {
        $installation = Installation::of($di);
        $installation->state()->forget('keys', 'service', 'pairing', 'pull');
        $installation->keysChanged();
        StaffAccount::revoke($di);
    }
}
