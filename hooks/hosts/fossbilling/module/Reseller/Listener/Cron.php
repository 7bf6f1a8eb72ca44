<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Bridge\DeliverOutbox;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Checkout\SelfTest;
use Box\Mod\Reseller\Host\CatalogueRows;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\Remembered;
use Box\Mod\Reseller\PullPrices;

/** What the module does at each run of the host's cron, when the host's own work is done. */
final class Cron
{
    /** Longest time for events, so that the next run of cron is not waited for. */
    private const SECONDS = 40.0;

    /** What the last run met, for `describe`; empty = nothing. */
    public const PROBLEM = 'cron_problem';

    public static function run(\Box_Event $event): void
    {
        $host = Fossbilling::of($event->getDi());
        $problem = '';
        $jobs = [self::lists(...), SetUp::tellFailed(...), self::catalogue(...), self::deliver(...), self::tidy(...)];
        foreach ($jobs as $job) {
            try {
                $job($host);
            } catch (\Throwable $error) {
                $problem = 'Cron could not do all of its work: see the log of the host.';
                After::log($event, $error);
            }
        }
        try {
            if ($host->installation()->keys() !== null) {
                (new Remembered($host->sql))->write(self::PROBLEM, substr($problem, 0, 300));
            }
        } catch (\Throwable $error) {
            After::log($event, $error);
        }
    }

    private static function lists(Fossbilling $host): void
    {
        PullPrices::run($host->di);
        $host->forget();
    }

    /** The host has no events for its products: their rows are compared with those of the last run. */
    private static function catalogue(Fossbilling $host): void
    {
        if ($host->installation()->keys() === null) {
            return;
        }
        SelfTest::run($host);
        CatalogueRows::compare($host, static fn () => Tell::catalogue($host));
    }

    private static function deliver(Fossbilling $host): void
    {
        $plugin = $host->installation()->pluginClient();
        if ($plugin === null) {
            return;
        }
        $report = DeliverOutbox::run($host->store(), $plugin, Moment::now(), self::SECONDS);
        if ($report->error !== null) {
            throw new \RuntimeException($report->error);
        }
    }

    private static function tidy(Fossbilling $host): void
    {
        if ($host->installation()->keys() !== null) {
            $host->store()->dropOld(Moment::now());
        }
    }
}
