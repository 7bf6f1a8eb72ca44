<?php

declare(strict_types=1);

// What the parts of bridge.php share: a store with the price lists of the tests, and a plugin that the test answers for.

use Box\Mod\Reseller\Bridge\ContentHash;
use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\IntakeResult;
use Box\Mod\Reseller\Bridge\OrderItem;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PluginError;
use Box\Mod\Reseller\Bridge\PluginErrorCode;
use Box\Mod\Reseller\Bridge\PluginPort;
use Box\Mod\Reseller\Bridge\PriceListUpdate;
use Box\Mod\Reseller\Bridge\PriceLock;
use Box\Mod\Reseller\Bridge\Schema;

function pdo(): PDO
{
    // RESELLER_TEST_DSN names an empty database of another kind, to be emptied again and again.
    $dsn = getenv('RESELLER_TEST_DSN') ?: 'sqlite::memory:';
    $pdo = new PDO($dsn, getenv('RESELLER_TEST_USER') ?: null, getenv('RESELLER_TEST_PASSWORD') ?: null);
    if ($dsn !== 'sqlite::memory:') {
        Schema::drop($pdo);
    }
    Schema::upgrade($pdo);
    return $pdo;
}

/** A store that pulled this index, with the lists of the tests. */
function storeOf(array $index, array $cases): PdoStore
{
    $store = new PdoStore(pdo());
    $store->writeIndex(updateOf($index, $cases), null);
    return $store;
}

function updateOf(array $index, array $cases): PriceListUpdate
{
    $chunks = [];
    foreach ($cases['chunks'] as $chunk) {
        $chunks[$chunk['hash']] = json_encode($chunk, JSON_THROW_ON_ERROR);
    }
    $lists = [$cases['list']['hash'] => $cases['list']['pages']];
    return new PriceListUpdate($index, $cases['nowMs'], $lists, [$cases['page']['hash'] => $cases['page']['entries']], $chunks);
}

function itemOf(array $line): OrderItem
{
    return new OrderItem($line['product'], $line['term'], $line['quantity'], $line['options'], $line['action'] ?? null);
}

function plain(mixed $value): mixed
{
    return json_decode(json_encode($value, JSON_THROW_ON_ERROR), true);
}

/** @return array<string, mixed> an index with other content and the revision that fits */
function indexWith(array $index, array $changes, array $entry = []): array
{
    $index = array_merge($index, $changes);
    $index['entries'][0] = array_merge($index['entries'][0], $entry);
    $index['revision'] = ContentHash::ofIndex($index);
    return $index;
}

function lockWith(array $cases, array $changes): PriceLock
{
    return PriceLock::read(Fields::of(array_merge($cases['lock'], $changes)));
}

/** A plugin that the test answers for. */
final class FakePlugin implements PluginPort
{
    /** @var list<string> what was asked or sent */
    public array $log = [];
    /** @var (Closure(list<array<string, mixed>>): list<IntakeResult>)|null */
    public ?Closure $take = null;
    public ?Closure $onList = null;

    public function __construct(
        public ?array $index = null,
        public array $lists = [],
        public array $pages = [],
        public array $chunks = [],
    ) {
    }

    public function sendEvents(array $events): array
    {
        $events = array_map(static fn (string $json): array => json_decode($json, true), $events);
        $this->log[] = (string) count($events);
        if ($this->take !== null) {
            return ($this->take)($events);
        }
        return array_map(static fn (array $event) => new IntakeResult($event['id'], 'applied', null), $events);
    }

    public function pullIndex(?string $revision): ?array
    {
        $index = $this->index ?? throw new PluginError(PluginErrorCode::NotFound);
        return $index['revision'] === $revision ? null : $index;
    }

    public function pullList(string $hash): array
    {
        if ($this->onList !== null) {
            ($this->onList)();
        }
        return $this->lists[$hash] ?? throw new PluginError(PluginErrorCode::NotFound);
    }

    public function pullPage(string $hash): array
    {
        return $this->pages[$hash] ?? throw new PluginError(PluginErrorCode::NotFound);
    }

    public function pullChunks(array $hashes): array
    {
        $this->log = [...$this->log, ...$hashes];
        return array_values(array_intersect_key($this->chunks, array_flip($hashes)));
    }
}
