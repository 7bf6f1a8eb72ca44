<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\PluginError;
use Box\Mod\Reseller\Bridge\PluginErrorCode;
use Box\Mod\Reseller\Bridge\PullPriceLists;

/** Brings the price lists up to date and notes how it went, for the settings page. Never inside a checkout. */
final class PullPrices
{
    /** True when the lists are those of the service now; false when it could not be asked, or there is no pairing. */
    public static function run(\Pimple\Container $di): bool
    {
        $installation = Installation::of($di);
        $client = $installation->pluginClient();
        if ($client === null) {
            return false;
        }
        $now = Moment::now();
        try {
            PullPriceLists::run($installation->store(), $client, $now);
            $installation->state()->put('pull', ['atMs' => $now, 'error' => null, 'code' => null]);
            return true;
        } catch (PluginError | \UnexpectedValueException $error) {
            // Both messages are made to be shown: no address, no key.
            $code = $error instanceof PluginError ? $error->reason : PluginErrorCode::BadAnswer;
            $failed = ['atMs' => $now, 'error' => $error->getMessage(), 'code' => $code->value];
            $installation->state()->put('pull', $failed);
            return false;
        }
    }
}
