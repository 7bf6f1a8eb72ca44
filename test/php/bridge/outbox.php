<?php

declare(strict_types=1);

// A part of bridge.php, in its scope: events and their delivery.

use Box\Mod\Reseller\Bridge\DeliverOutbox;
use Box\Mod\Reseller\Bridge\Event;
use Box\Mod\Reseller\Bridge\IntakeResult;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PluginError;
use Box\Mod\Reseller\Bridge\PluginErrorCode;
use Box\Mod\Reseller\Bridge\PluginPort;
use Box\Mod\Reseller\Bridge\Schema;
use Box\Mod\Reseller\Bridge\Store;

$event = static fn (string $id, int $version, int $atMs = 0): Event => Event::make(
    'catalogue.changed',
    'catalogue',
    $id,
    $version,
    ['products' => null],
    $atMs === 0 ? $now : $atMs,
);
$outbox = static function (Event ...$events): PdoStore {
    $store = new PdoStore(pdo());
    array_map($store->appendEvent(...), $events);
    return $store;
};
$deliver = static fn (Store $store, PluginPort $plugin, int $atMs = 0): array => plain(
    DeliverOutbox::run($store, $plugin, $atMs === 0 ? $now : $atMs, 60.0, static fn (): float => 0.5),
);
/** Takes every event unless told otherwise; notes "id version" of each. */
$receiver = static function (?Closure $outcome = null): FakePlugin {
    $plugin = new FakePlugin();
    $plugin->take = static function (array $events) use ($plugin, $outcome): array {
        $results = [];
        foreach ($events as $event) {
            $plugin->log[] = "{$event['aggregate']['id']} {$event['aggregate']['version']}";
            $said = $outcome === null ? 'applied' : $outcome($event);
            if ($said !== 'crash') {
                $results[] = new IntakeResult($event['id'], $said, null);
            }
        }
        return $results;
    };
    return $plugin;
};
$failing = static function (PluginError $error): FakePlugin {
    $plugin = new FakePlugin();
    $plugin->take = static fn (): array => throw $error;
    return $plugin;
};

$checks->that('each event is delivered once, and appended once', function () use ($event, $outbox, $deliver, $receiver, $now): void {
    $first = $event('a', 1);
    $store = $outbox($first, $first, $event('b', 1));
    $plugin = $receiver();
    Checks::hasAll(['delivered' => 2, 'failed' => 0, 'parked' => 0, 'error' => null], $deliver($store, $plugin));
    $deliver($store, $plugin);
    Checks::same(['2', 'a 1', 'b 1'], $plugin->log);
    // Delivered events are still there for changes.read, as they were written.
    Checks::same(json_decode($first->json, true), json_decode($store->eventsAfter(0, 10, $now)[0]->json, true));
});
foreach (['duplicate', 'stale'] as $outcome) {
    $checks->that("{$outcome} counts as delivered", function () use ($event, $outbox, $deliver, $receiver, $outcome): void {
        $store = $outbox($event('a', 1));
        Checks::hasAll(['delivered' => 1], $deliver($store, $receiver(static fn (): string => $outcome)));
        Checks::same([], $store->dueEvents(Store::NEVER_MS - 1, 10));
    });
}
$checks->that('at most 100 events go at a time, until none is due', function () use ($event, $outbox, $deliver): void {
    $plugin = new FakePlugin();
    $store = $outbox(...array_map(static fn (int $number): Event => $event("c{$number}", 1), range(1, 250)));
    Checks::hasAll(['delivered' => 250], $deliver($store, $plugin));
    Checks::same(['100', '100', '50'], $plugin->log);
});
$checks->that('the order of one aggregate is kept, and others are not held up', function () use ($event, $outbox, $deliver, $receiver, $now): void {
    $broken = true;
    $plugin = $receiver(static function (array $event) use (&$broken): string {
        return $broken && $event['aggregate']['id'] === 'a' ? 'crash' : 'applied';
    });
    $store = $outbox($event('a', 1), $event('a', 2), $event('b', 1), $event('b', 2));
    Checks::hasAll(['delivered' => 2, 'failed' => 1], $deliver($store, $plugin));
    $broken = false;
    $deliver($store, $plugin, $now + 5000);
    $seen = array_values(array_filter($plugin->log, static fn (string $each): bool => !is_numeric($each)));
    Checks::same(['a 1', 'b 1', 'b 2', 'a 1', 'a 2'], $seen);
});
$checks->that('failed deliveries wait 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, then 24 h', function () use ($event, $outbox, $deliver, $failing, $now): void {
    $store = $outbox($event('a', 1));
    $clock = $now;
    $waits = [];
    for ($attempt = 0; $attempt < 10; $attempt += 1) {
        $deliver($store, $failing(new PluginError(PluginErrorCode::Unreachable)), $clock);
        [$low, $high] = [$clock, $clock + 172_800_000];
        while ($low < $high) {
            $middle = intdiv($low + $high, 2);
            $store->dueEvents($middle, 1) === [] ? $low = $middle + 1 : $high = $middle;
        }
        $waits[] = ($low - $clock) / 1000;
        $clock = $low;
    }
    Checks::same([5, 60, 300, 1800, 7200, 18_000, 36_000, 86_400, 86_400, 86_400], $waits);
});
$checks->that('waits vary by a fifth to either side, and last as long as the plugin asks', function () use ($event, $outbox, $failing, $now): void {
    foreach ([[0.0, null, 4000], [0.999_999, null, 6000], [0.5, 90, 90_000]] as [$random, $asked, $wait]) {
        $store = $outbox($event('a', 1));
        $error = new PluginError(PluginErrorCode::RateLimited, 'Slow down.', $asked);
        DeliverOutbox::run($store, $failing($error), $now, 60.0, static fn (): float => $random);
        Checks::same(0, count($store->dueEvents($now + $wait - 1, 1)));
        Checks::same(1, $store->dueEvents($now + $wait, 1)[0]->attempts);
    }
});
$checks->that('a removed plugin is told, and the events are kept', function () use ($event, $outbox, $deliver, $failing, $now): void {
    $store = $outbox($event('a', 1));
    Checks::hasAll(['gone' => true, 'failed' => 1], $deliver($store, $failing(new PluginError(PluginErrorCode::Gone))));
    Checks::same(1, count($store->dueEvents($now + 6000, 1)));
});
$checks->that('an event that is refused for good is parked alone', function () use ($event, $outbox, $deliver, $receiver, $now): void {
    $plugin = $receiver(static fn (array $event): string => $event['aggregate']['version'] === 1 ? 'parked' : 'applied');
    $store = $outbox($event('a', 1), $event('a', 2));
    Checks::hasAll(['delivered' => 1, 'parked' => 1, 'failed' => 0], $deliver($store, $plugin));
    Checks::same(2, count($store->eventsAfter(0, 10, $now)));
    Checks::same([], $store->dueEvents(Store::NEVER_MS - 1, 10));
});
$checks->that('an event that makes the plugin refuse a whole delivery is found', function () use ($event, $outbox, $deliver): void {
    $plugin = new FakePlugin();
    $seen = [];
    $plugin->take = static function (array $events) use (&$seen): array {
        if (in_array('b', array_column(array_column($events, 'aggregate'), 'id'), true)) {
            throw new PluginError(PluginErrorCode::Refused, 'Too large.');
        }
        array_push($seen, ...array_column(array_column($events, 'aggregate'), 'id'));
        return array_map(static fn (array $each) => new IntakeResult($each['id'], 'applied', null), $events);
    };
    $store = $outbox($event('a', 1), $event('b', 1), $event('c', 1));
    Checks::hasAll(['delivered' => 2, 'parked' => 1, 'error' => null], $deliver($store, $plugin));
    Checks::same(['a', 'c'], $seen);
});
$checks->that('a run never throws, and ends when its time is over', function () use ($event, $now): void {
    $pdo = pdo();
    $store = new PdoStore($pdo);
    $store->appendEvent($event('a', 1));
    $plugin = new FakePlugin();
    Checks::same(0, DeliverOutbox::run($store, $plugin, $now, 0.0)->delivered);
    Schema::drop($pdo);
    Checks::same('The outbox could not be read or written.', DeliverOutbox::run($store, $plugin, $now)->error);
});
$checks->that('delivered events are kept for 30 days, waiting ones for ever', function () use ($event, $outbox, $now, $day): void {
    $store = $outbox($event('a', 1), $event('b', 1), $event('c', 1));
    $store->markDelivered(1, $now - 31 * $day);
    $store->markDelivered(3, $now - 29 * $day);
    $store->dropOld($now);
    $sequences = static fn (array $entries): array => array_map(static fn ($entry): int => $entry->sequence, $entries);
    Checks::same([2, 3], $sequences($store->eventsAfter(0, 10, $now + $day)));
    Checks::same([3], $sequences($store->eventsAfter(2, 1, $now + $day)));
});
$checks->that('a cursor does not go past a young gap', function () use ($event, $now): void {
    $pdo = pdo();
    $store = new PdoStore($pdo);
    foreach (['a', 'b', 'c'] as $id) {
        $store->appendEvent($event($id, 1));
    }
    $pdo->exec('DELETE FROM mod_reseller_outbox WHERE sequence = 2');
    Checks::same(1, count($store->eventsAfter(0, 10, $now + 1000)));
    Checks::same(2, count($store->eventsAfter(0, 10, $now + 61_000)));
});
$checks->that('titles that are no UTF-8 do not stop an event', function () use ($outbox, $now): void {
    $event = Event::make('client.closed', 'client', '1', 1, ['title' => "\xff", 'options' => (object) []], $now);
    $stored = $outbox($event)->eventsAfter(0, 1, $now)[0]->json;
    Checks::same(['title' => "\u{fffd}", 'options' => []], json_decode($stored, true)['data']);
    Checks::same(true, str_contains($stored, '"options":{}'));
});
