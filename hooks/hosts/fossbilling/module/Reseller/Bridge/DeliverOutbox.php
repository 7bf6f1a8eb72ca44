<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Sends what is due in the outbox. For the host's cron, or after an answer was sent; never inside a transaction. */
final class DeliverOutbox
{
    /**
     * Seconds before each attempt, the first included; the last one is repeated. Nothing is given up while it is kept.
     */
    private const SCHEDULE = [0, 5, 60, 300, 1800, 7200, 18_000, 36_000, 86_400];

    /** Deliveries in one run, so that a long queue does not hold a host's cron for ever. */
    private const MAX_ROUNDS = 50;

    private readonly DeliveryReport $report;
    private readonly float $endsAt;

    /** @param \Closure(): float $random from 0 up to 1 */
    private function __construct(
        private readonly Store $store,
        private readonly PluginPort $plugin,
        private readonly int $nowMs,
        private readonly \Closure $random,
        float $seconds,
    ) {
        $this->report = new DeliveryReport();
        $this->endsAt = hrtime(true) / 1e9 + $seconds;
    }

    /**
     * One event of each aggregate at a time, oldest first, so that the plugin sees the changes of one thing in order.
     * Failed events wait 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, then 24 h each time, ± 20 %, longer if the plugin
     * asks for it. An event that the plugin refuses for good is parked. Never throws.
     *
     * @param int $nowMs the host's clock in UTC milliseconds
     * @param float $seconds after which no further delivery is begun
     * @param (\Closure(): float)|null $random from 0 up to 1
     */
    public static function run(
        Store $store,
        PluginPort $plugin,
        int $nowMs,
        float $seconds = 60.0,
        ?\Closure $random = null,
    ): DeliveryReport {
        $random ??= static fn (): float => random_int(0, 999_999) / 1_000_000;
        $run = new self($store, $plugin, $nowMs, $random, $seconds);
        try {
            $run->rounds();
        } catch (\Throwable) {
            $run->report->error = 'The outbox could not be read or written.';
        }
        return $run->report;
    }

    private function rounds(): void
    {
        for ($round = 0; $round < self::MAX_ROUNDS && $this->mayGoOn(); $round += 1) {
            $due = $this->store->dueEvents($this->nowMs, Contract::MAX_EVENTS);
            // A store may hand out several of one aggregate: only the oldest goes.
            $first = [];
            foreach ($due as $entry) {
                $first[$entry->aggregate] ??= $entry;
            }
            if ($first === []) {
                return;
            }
            $this->deliver(array_values($first));
        }
    }

    private function mayGoOn(): bool
    {
        return $this->report->error === null && hrtime(true) / 1e9 < $this->endsAt;
    }

    /** @param list<OutboxEntry> $batch */
    private function deliver(array $batch): void
    {
        try {
            $results = $this->plugin->sendEvents(array_map(static fn ($entry): string => $entry->json, $batch));
        } catch (\Throwable $error) {
            $this->undelivered(
                $batch,
                $error instanceof PluginError ? $error : new PluginError(PluginErrorCode::BadAnswer),
            );
            return;
        }
        $outcomes = [];
        foreach ($results as $result) {
            $outcomes[$result->id] = $result;
        }
        foreach ($batch as $entry) {
            $result = $outcomes[$entry->id] ?? null;
            if ($result === null) {
                $this->fail($entry, 'The plugin did not take this event.');
            } elseif ($result->outcome === 'parked') {
                $this->park($entry, $result->message ?? 'The plugin parked this event.');
            } else {
                $this->store->markDelivered($entry->sequence, $this->nowMs);
                $this->report->delivered += 1;
            }
        }
    }

    /**
     * A whole delivery failed. If it was refused for what is in it, its events are sent one by one to find which.
     *
     * @param list<OutboxEntry> $batch
     */
    private function undelivered(array $batch, PluginError $error): void
    {
        if ($error->reason !== PluginErrorCode::Refused) {
            foreach ($batch as $entry) {
                $this->fail($entry, $error->getMessage(), $error->retryAfterSeconds ?? 0);
            }
            $this->report->error = $error->getMessage();
            $this->report->gone = $error->reason === PluginErrorCode::Gone;
            return;
        }
        if (count($batch) === 1) {
            $this->park($batch[0], $error->getMessage());
            return;
        }
        foreach ($batch as $entry) {
            if (!$this->mayGoOn()) {
                return;
            }
            $this->deliver([$entry]);
        }
    }

    private function park(OutboxEntry $entry, string $reason): void
    {
        $this->store->markFailed($entry->sequence, $entry->attempts + 1, Store::NEVER_MS, $reason);
        $this->report->parked += 1;
    }

    private function fail(OutboxEntry $entry, string $reason, int $retryAfterSeconds = 0): void
    {
        $attempts = $entry->attempts + 1;
        $wait = self::SCHEDULE[min($attempts, count(self::SCHEDULE) - 1)];
        $jittered = (int) round($wait * 1000 * (0.8 + 0.4 * ($this->random)()));
        $nextMs = $this->nowMs + max($jittered, $retryAfterSeconds * 1000);
        $this->store->markFailed($entry->sequence, $attempts, $nextMs, $reason);
        $this->report->failed += 1;
    }
}
