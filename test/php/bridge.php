<?php

declare(strict_types=1);

// What the library does beyond prices, beside what TypeScript does with the same input:
// php bridge.php <cases.json> <answers.json>; the first as export-bridge.ts makes it, the second read by check-answers.ts.

use Box\Mod\Reseller\Bridge\AmountError;
use Box\Mod\Reseller\Bridge\CallableTransport;
use Box\Mod\Reseller\Bridge\CheckInvoice;
use Box\Mod\Reseller\Bridge\ContentHash;
use Box\Mod\Reseller\Bridge\Contract;
use Box\Mod\Reseller\Bridge\DeliverOutbox;
use Box\Mod\Reseller\Bridge\Event;
use Box\Mod\Reseller\Bridge\FieldFault;
use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\Guard;
use Box\Mod\Reseller\Bridge\HostError;
use Box\Mod\Reseller\Bridge\HostErrorCode;
use Box\Mod\Reseller\Bridge\HttpAnswer;
use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Bridge\InstallationKeys;
use Box\Mod\Reseller\Bridge\IntakeResult;
use Box\Mod\Reseller\Bridge\InvoiceLine;
use Box\Mod\Reseller\Bridge\InvoiceToCheck;
use Box\Mod\Reseller\Bridge\Key;
use Box\Mod\Reseller\Bridge\KeyRing;
use Box\Mod\Reseller\Bridge\Locks;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\OrderItem;
use Box\Mod\Reseller\Bridge\OrderToPrice;
use Box\Mod\Reseller\Bridge\PdoReplayGuard;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PluginClient;
use Box\Mod\Reseller\Bridge\PluginError;
use Box\Mod\Reseller\Bridge\PluginErrorCode;
use Box\Mod\Reseller\Bridge\PluginPort;
use Box\Mod\Reseller\Bridge\PricedLine;
use Box\Mod\Reseller\Bridge\PriceListFormat;
use Box\Mod\Reseller\Bridge\PriceListUpdate;
use Box\Mod\Reseller\Bridge\PriceLock;
use Box\Mod\Reseller\Bridge\PriceOrder;
use Box\Mod\Reseller\Bridge\Proration;
use Box\Mod\Reseller\Bridge\PullPriceLists;
use Box\Mod\Reseller\Bridge\PullReport;
use Box\Mod\Reseller\Bridge\RefusedVerdict;
use Box\Mod\Reseller\Bridge\RetailVerdict;
use Box\Mod\Reseller\Bridge\Rounding;
use Box\Mod\Reseller\Bridge\Schema;
use Box\Mod\Reseller\Bridge\ServeCall;
use Box\Mod\Reseller\Bridge\SessionToken;
use Box\Mod\Reseller\Bridge\Signature;
use Box\Mod\Reseller\Bridge\Store;
use Box\Mod\Reseller\Bridge\VerifyFailure;
use Box\Mod\Reseller\Bridge\WholesaleVerdict;

require __DIR__ . '/autoload.php';
require __DIR__ . '/Checks.php';

$checks = new Checks();
$cases = json_decode((string) file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR);
$now = $cases['nowMs'];
$keys = InstallationKeys::of($cases['keys']);
$day = 86_400_000;

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

// Money -------------------------------------------------------------------------------------------------------------

foreach ($cases['money'] as $money) {
    $checks->that("money {$money['written']} at {$money['digits']}", function () use ($money): void {
        if ($money['minor'] === 'error') {
            Checks::throws(AmountError::class, fn () => Money::minorUnits($money['written'], $money['digits']));
            return;
        }
        $minor = Money::minorUnits($money['written'], $money['digits']);
        Checks::same($money['minor'], $minor === null ? null : (string) $minor);
        if ($minor !== null) {
            Checks::same($money['formatted'], Money::format($minor, $money['digits']));
        }
    });
}
$checks->that('sums that are too large are refused, not made floats', function (): void {
    Checks::throws(AmountError::class, fn () => Money::plus(PHP_INT_MAX, 1));
    Checks::throws(AmountError::class, fn () => Money::minus(-PHP_INT_MAX, 1));
    Checks::throws(AmountError::class, fn () => Money::times(intdiv(PHP_INT_MAX, 2), 3));
    Checks::same('-92233720368547758.08', Money::format(PHP_INT_MIN, 2));
});
$checks->that('divisions round half away from zero', function () use ($cases): void {
    foreach ($cases['divisions'] as $case) {
        Checks::same($case['quotient'], Rounding::divideHalfAway($case['amount'], $case['denominator']));
        $part = Rounding::part($case['amount'], $case['numerator'], $case['denominator']);
        Checks::same($case['part'], (string) $part);
    }
    Checks::same(PHP_INT_MAX, Rounding::part(PHP_INT_MAX, 10_000, 10_000));
});
$checks->that('generated lines pass the guard as in TypeScript', function () use ($cases): void {
    foreach ($cases['guards'] as $case) {
        $part = $case['prorated'] === null
            ? null
            : new Proration($case['prorated']['numerator'], $case['prorated']['denominator']);
        $verdict = Guard::line($case['unit'], $case['quantity'], $part, $case['lock'], $case['list']);
        $seen = array_filter((array) $verdict, static fn ($value): bool => $value !== null);
        Checks::hasAll(array_diff_key($case['verdict'], ['ok' => true]), $seen);
        Checks::same($case['verdict']['ok'], $verdict->reason === null);
    }
});

// Moments and ids ---------------------------------------------------------------------------------------------------

$checks->that('moments are read and written in milliseconds', function () use ($now): void {
    Checks::same('2027-01-01T12:00:00.000Z', Moment::text($now));
    Checks::same($now + 5, Moment::parse(Moment::text($now + 5)));
    Checks::same('1969-12-31T23:59:59.999Z', Moment::text(-1));
    $wanted = [
        '2027-02-30T00:00:00Z' => 1_803_945_600_000,
        '2027-01-01T24:00:00Z' => 1_798_848_000_000,
        '0000-01-01T00:00:00Z' => -62_167_219_200_000,
        '2027-01-01T00:00:00.5Z' => 1_798_761_600_500,
        '2027-01-01T24:00:01Z' => null,
        '2027-13-01T00:00:00Z' => null,
        '2027-01-32T00:00:00Z' => null,
        "2027-01-01T00:00:00Z\n" => null,
        '2027-01-01T00:00:00+01:00' => null,
    ];
    foreach ($wanted as $text => $ms) {
        Checks::same($ms, Moment::parse($text));
    }
});
$checks->that('events have ids of their own that sort by time', function () use ($now): void {
    $make = static fn (int $ms): string => Event::make('client.closed', 'client', '1', 1, [], $ms)->id;
    $ids = array_map($make, [...array_fill(0, 5000, $now), $now + 10]);
    $sorted = array_unique($ids);
    sort($sorted);
    Checks::same($ids, $sorted);
    Checks::same(1, preg_match('/^evt_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/D', $ids[0]));
    Checks::throws(InvalidArgumentException::class, fn () => Event::make('made.up', 'client', '1', 1, [], $now));
});

// Content hashes ----------------------------------------------------------------------------------------------------

foreach ($cases['hashes'] as $position => $case) {
    $checks->that("hash {$position} of a {$case['what']}", function () use ($case): void {
        $reversed = array_reverse($case['value'], true) + ['colour' => 'red'];
        $read = PriceListFormat::{$case['what']}($reversed);
        $computed = ContentHash::{'of' . ucfirst($case['what'])}($read);
        Checks::same($case['value'][$case['what'] === 'index' ? 'revision' : 'hash'], $computed);
    });
}
$checks->that('what is not of its form is refused', function () use ($cases): void {
    $chunk = $cases['chunks'][0];
    foreach (['product' => 7, 'rows' => null, 'components' => ['a' => 1], 'hash' => 'sha256:00', 'omitted' => [1]] as $name => $value) {
        Checks::throws(FieldFault::class, fn () => PriceListFormat::chunk([$name => $value] + $chunk));
    }
    Checks::throws(FieldFault::class, fn () => PriceListFormat::chunk(array_diff_key($chunk, ['rows' => 1])));
    foreach ([['wholesale' => '8,00'], ['wholesale' => "8.00\n"], ['wholesale' => 8], ['term' => '0M']] as $change) {
        $broken = array_merge($chunk, ['rows' => [array_merge($chunk['rows'][0], $change)]]);
        Checks::throws(FieldFault::class, fn () => PriceListFormat::chunk($broken));
    }
});

// Orders and invoices -----------------------------------------------------------------------------------------------

$orders = static function (array $case) use ($cases): array {
    $order = $case['order'];
    $asked = new OrderToPrice($order['clientId'], $order['currency'], $order['coupon'], array_map(itemOf(...), $order['lines']));
    $verdict = PriceOrder::decide(storeOf($case['index'], $cases), $asked, $case['nowMs']);
    if ($verdict instanceof RetailVerdict) {
        return ['decision' => 'retail'];
    }
    if ($verdict instanceof WholesaleVerdict) {
        return ['decision' => 'wholesale'] + plain($verdict);
    }
    $refused = ['decision' => 'refused', 'code' => $verdict->code->value, 'message' => $verdict->message];
    $refused['retryable'] = $verdict->isRetryable();
    return $verdict->line === null ? $refused : $refused + ['line' => $verdict->line];
};
$sorted = static function (array $value) use (&$sorted): array {
    ksort($value);
    return array_map(static fn (mixed $each): mixed => is_array($each) ? $sorted($each) : $each, $value);
};
foreach ($cases['orders'] as $position => $case) {
    $checks->that("order {$position} as in TypeScript", function () use ($case, $orders, $sorted): void {
        Checks::same($sorted($case['verdict']), $sorted($orders($case)));
    });
}
$checks->that('before the first pull everything is retail', function () use ($cases, $now): void {
    $store = new PdoStore(pdo());
    $order = new OrderToPrice('42', 'USD', null, [itemOf($cases['vps'])]);
    Checks::same(RetailVerdict::class, PriceOrder::decide($store, $order, $now)::class);
    Checks::same([null, null], [$store->readHead(), $store->readEntry('42')]);
    $invoice = new InvoiceToCheck('42', 'USD', 2, [new InvoiceLine('1', 'product', '9', 'new', 1, '9.00', '9.00')]);
    Checks::same([], CheckInvoice::check($store, $invoice, $now)->heldLines);
});
$checks->that('no list that holds refuses for a while, and the one that began last wins', function () use ($cases, $now): void {
    $decide = function (array $lists) use ($cases, $now): string {
        $store = storeOf(indexWith($cases['index'], [], ['lists' => $lists]), $cases);
        $verdict = PriceOrder::decide($store, new OrderToPrice('42', 'USD', null, [itemOf($cases['oneOff'])]), $now);
        return $verdict instanceof RefusedVerdict ? $verdict->code->value : $verdict->lines[0]->unitPrice;
    };
    $hash = $cases['list']['hash'];
    $list = static fn (int $from, ?int $until): array => [
        'hash' => $hash,
        'validFrom' => Moment::text($now + $from),
        'validUntil' => $until === null ? null : Moment::text($now + $until),
    ];
    Checks::same('prices_missing', $decide([]));
    Checks::same('40.00', $decide([$list(0, 1000)]));
    Checks::same('prices_missing', $decide([$list(1, null)]));
    Checks::same('prices_missing', $decide([$list(-1000, 0)]));
    Checks::same('40.00', $decide([$list(-1000, 0), $list(0, null)]));
    $named = static fn (string $hash, int $from): array => ['hash' => $hash] + $list($from, null);
    $entry = ['clientId' => '42', 'resellerId' => 'r', 'state' => 'active', 'publicReason' => null];
    $best = static fn (array ...$lists): ?string => IndexEntry::of($entry + ['lists' => $lists])->listAt($now);
    Checks::same('new', $best($named('new', -1), $named('old', -2), $named('next', 1)));
    // Of two that began together the one that stands last.
    Checks::same('b', $best($named('a', -1), $named('b', -1)));
});
$checks->that('a stored amount that its currency cannot hold refuses for a while', function () use ($cases, $now): void {
    $broken = $cases;
    $broken['chunks'][2]['rows'][0]['wholesale'] = '40.005';
    $store = storeOf($cases['index'], $broken);
    $verdict = PriceOrder::decide($store, new OrderToPrice('42', 'USD', null, [itemOf($cases['oneOff'])]), $now);
    Checks::same('prices_missing', $verdict->code->value);
});
foreach ($cases['invoices'] as $position => $case) {
    $checks->that("invoice {$position} as in TypeScript", function () use ($case, $cases, $now): void {
        $store = storeOf($case['index'], $cases);
        foreach ($case['locks'] as $lock) {
            $store->writeLock(lockWith($cases, $lock));
        }
        $lines = array_map(static fn (array $line): InvoiceLine => new InvoiceLine(
            $line['id'],
            $line['kind'],
            $line['serviceId'],
            $line['occasion'],
            $line['quantity'],
            $line['unitPrice'],
            $line['amount'],
            $line['prorated'] === null ? null : new Proration(...$line['prorated']),
        ), $case['lines']);
        $items = array_map(itemOf(...), $case['items']);
        $describe = static fn (string $service): ?OrderItem => $items[$service] ?? null;
        $verdict = CheckInvoice::check($store, new InvoiceToCheck('42', 'USD', 2, $lines), $now, $describe);
        $wanted = $case['verdict'];
        Checks::same($wanted['lineIds'] ?? [], $verdict->heldLines);
        Checks::same($wanted['message'] ?? null, $verdict->message);
        Checks::same($wanted['corrections'] ?? [], plain($verdict->corrections));
    });
}
$checks->that('a first line may cost what the order that the bridge kept says', function () use ($cases, $now): void {
    $kept = new PricedLine(itemOf($cases['oneOff']), '35.00', '35.00', '0.00', null, []);
    $check = static fn (string $price): array => plain(CheckInvoice::check(
        storeOf($cases['index'], $cases),
        new InvoiceToCheck('42', 'USD', 2, [new InvoiceLine('l', 'product', '7', 'new', 1, $price, $price)]),
        $now,
        static fn (): PricedLine => $kept,
    )->corrections);
    Checks::same([], $check('35.00'));
    Checks::same([['lineId' => 'l', 'unitPrice' => '35.00', 'reason' => 'differs_from_list']], $check('50.00'));
});
$checks->that('an amount that is no number holds the invoice', function () use ($cases, $now): void {
    $store = storeOf($cases['index'], $cases);
    $store->writeLock(lockWith($cases, []));
    $line = new InvoiceLine('l', 'product', '900', 'renewal', 1, '12,40', '12,40');
    Checks::same(['l'], CheckInvoice::check($store, new InvoiceToCheck('42', 'USD', 2, [$line]), $now)->heldLines);
});

// Locks -------------------------------------------------------------------------------------------------------------

$wholesale = static function (array $items) use ($cases, $now): WholesaleVerdict {
    $order = new OrderToPrice('42', 'USD', null, array_map(itemOf(...), $items));
    return PriceOrder::decide(storeOf($cases['index'], $cases), $order, $now);
};
$checks->that('locks hold what renewals cost', function () use ($cases, $now, $wholesale): void {
    $verdict = $wholesale([$cases['vps'], $cases['oneOff'], $cases['domain']]);
    $locks = Locks::of($verdict->lines, $verdict->stamp['listHash'], '42', 'USD', ['900', '1', '2'], $now);
    Checks::same(array_merge($cases['lock'], ['status' => 'pending']), plain($locks[0]));
    Checks::same(2, count($locks));
    Checks::same([['component' => 'renew', 'quantity' => 1, 'unit' => '11.99']], $locks[1]->components);
    Checks::throws(InvalidArgumentException::class, fn () => Locks::of($verdict->lines, null, '42', 'USD', ['900'], $now));
});
$checks->that('locks are replaced by newer ones and by ones of the same moment, never by older ones', function () use ($cases, $now): void {
    $store = new PdoStore(pdo());
    Checks::same(null, $store->readLock('900'));
    Checks::same(true, $store->writeLock(lockWith($cases, ['status' => 'pending'])));
    Checks::same(true, $store->writeLock(lockWith($cases, ['status' => 'pending'])));
    Checks::same(true, $store->writeLock(lockWith($cases, [])));
    Checks::same(false, $store->writeLock(lockWith($cases, ['lockedAt' => Moment::text($now - 1), 'unitPrice' => '1.00'])));
    Checks::same($cases['lock'], plain($store->readLock('900')));
    Checks::same('ended', $store->readLock('900')->withStatus('ended', $now + 1)->status);
});
$checks->that('locks are listed by client, and ids are compared byte by byte', function () use ($cases): void {
    $store = new PdoStore(pdo());
    foreach (['a', 'A', 'a ', 'é', 'e', '007', '7'] as $id) {
        $store->writeLock(lockWith($cases, ['serviceId' => $id, 'clientId' => $id]));
        Checks::same([$id], array_column(plain($store->readLocks($id)), 'serviceId'));
    }
    Checks::same(7, count($store->readLocks(null)));
});
$checks->that('locks and events vanish with the transaction they belong to', function () use ($cases, $now): void {
    $pdo = pdo();
    $store = new PdoStore($pdo);
    $pdo->beginTransaction();
    $store->writeLock(lockWith($cases, []));
    $store->appendEvent(Event::make('client.closed', 'client', '1', 1, [], $now));
    $pdo->rollBack();
    Checks::same([null, []], [$store->readLock('900'), $store->eventsAfter(0, 10, $now)]);
});

// Price lists -------------------------------------------------------------------------------------------------------

$byHash = static fn (array $each): array => array_column($each, null, 'hash');
$source = static fn (array $index): FakePlugin => new FakePlugin(
    $index,
    $byHash([$cases['list']]),
    $byHash([$cases['page']]),
    $byHash($cases['chunks']),
);
$changed = $cases['chunks'][2];
$changed['rows'][0]['wholesale'] = '30.00';
$changed['hash'] = ContentHash::ofChunk($changed);
$nextPage = ['entries' => [...array_slice($cases['page']['entries'], 0, 2), ['product' => 'fix', 'chunk' => $changed['hash']]]];
$nextPage['hash'] = ContentHash::ofPage($nextPage);
$nextList = ['pages' => [$nextPage['hash']]];
$nextList['hash'] = ContentHash::ofList($nextList);
$nextLists = [['hash' => $nextList['hash'], 'validFrom' => '2027-01-01T00:00:00Z', 'validUntil' => null]];
$nextIndex = indexWith($cases['index'], [], ['lists' => $nextLists]);
$next = static fn (): FakePlugin => new FakePlugin(
    $nextIndex,
    $byHash([$nextList]),
    $byHash([$nextPage]),
    $byHash([...array_slice($cases['chunks'], 0, 2), $changed]),
);

$checks->that('a pull brings everything, then only confirms', function () use ($cases, $now, $source): void {
    $store = new PdoStore(pdo());
    $plugin = $source($cases['index']);
    Checks::same(plain(new PullReport(true, 1, 1, 3)), plain(PullPriceLists::run($store, $plugin, $now)));
    Checks::same([$cases['index']['revision'], $now], [$store->readHead()->revision, $store->readHead()->confirmedAtMs]);
    Checks::same($cases['chunks'][2]['rows'], $store->readChunk($cases['list']['hash'], 'fix')->rows);
    Checks::same(plain(new PullReport(false)), plain(PullPriceLists::run($store, $plugin, $now + 5000)));
    Checks::same($now + 5000, $store->readHead()->confirmedAtMs);
});
$checks->that('a pull brings only what is not held, and drops what no list names any more', function () use ($cases, $now, $next, $changed, $nextList): void {
    $store = storeOf($cases['index'], $cases);
    $plugin = $next();
    Checks::same(plain(new PullReport(true, 1, 1, 1)), plain(PullPriceLists::run($store, $plugin, $now)));
    Checks::same([$changed['hash']], $plugin->log);
    Checks::same([false, true], [$store->hasList($cases['list']['hash']), $store->hasList($nextList['hash'])]);
    $hashes = [$cases['chunks'][2]['hash'], $cases['page']['hash'], $changed['hash'], $cases['chunks'][0]['hash']];
    Checks::same([$changed['hash'] => true, $cases['chunks'][0]['hash'] => true], array_intersect_key(
        array_fill_keys([$changed['hash'], $cases['chunks'][0]['hash'], $hashes[0], $hashes[1]], true),
        $store->heldHashes($hashes),
    ));
    $verdict = PriceOrder::decide($store, new OrderToPrice('42', 'USD', null, [itemOf($cases['oneOff'])]), $now);
    Checks::same('30.00', $verdict->lines[0]->unitPrice);
});
$checks->that('a pull brings only a new state when the lists are the same', function () use ($cases, $now, $source): void {
    $store = storeOf($cases['index'], $cases);
    $index = indexWith($cases['index'], [], ['state' => 'suspended']);
    Checks::same(plain(new PullReport(true)), plain(PullPriceLists::run($store, $source($index), $now)));
    Checks::same('suspended', $store->readEntry('42')->state);
    $moved = indexWith($index, [], ['clientId' => '43']);
    PullPriceLists::run($store, $source($moved), $now);
    Checks::same([null, '43'], [$store->readEntry('42'), $store->readEntry('43')->clientId]);
});
$forgeries = [
    'an index' => fn (FakePlugin $plugin) => $plugin->index['coupons'] = 'allow',
    'a list' => fn (FakePlugin $plugin) => $plugin->lists[$nextList['hash']]['pages'] = [],
    'another list' => fn (FakePlugin $plugin) => $plugin->lists[$nextList['hash']] = $cases['list'],
    'a page' => fn (FakePlugin $plugin) => array_shift($plugin->pages[$nextPage['hash']]['entries']),
    'a chunk' => fn (FakePlugin $plugin) => $plugin->chunks[$changed['hash']]['rows'] = [],
    'no chunk' => fn (FakePlugin $plugin) => $plugin->chunks = [],
];
foreach ($forgeries as $what => $forge) {
    $checks->that("a pull with {$what} that is not what its hash says writes nothing", function () use ($cases, $now, $next, $forge, $changed, $nextList, $nextPage): void {
        $store = storeOf($cases['index'], $cases);
        $plugin = $next();
        $forge($plugin);
        Checks::throws(PluginError::class, fn () => PullPriceLists::run($store, $plugin, $now + 1));
        Checks::same([$cases['index']['revision'], $now], [$store->readHead()->revision, $store->readHead()->confirmedAtMs]);
        Checks::same([], $store->heldHashes([$changed['hash'], $nextList['hash'], $nextPage['hash']]));
        Checks::same(true, $store->hasList($cases['list']['hash']));
    });
}
$checks->that("a page that sells a product at another product's price is refused", function () use ($cases, $now, $byHash): void {
    $entries = $cases['page']['entries'];
    [$entries[0]['chunk'], $entries[2]['chunk']] = [$entries[2]['chunk'], $entries[0]['chunk']];
    $page = ['hash' => ContentHash::ofPage(['entries' => $entries]), 'entries' => $entries];
    $list = ['hash' => ContentHash::ofList(['pages' => [$page['hash']]]), 'pages' => [$page['hash']]];
    $lists = [['hash' => $list['hash'], 'validFrom' => '2027-01-01T00:00:00Z', 'validUntil' => null]];
    $plugin = new FakePlugin(indexWith($cases['index'], [], ['lists' => $lists]), $byHash([$list]), $byHash([$page]), $byHash($cases['chunks']));
    $store = new PdoStore(pdo());
    $error = Checks::throws(PluginError::class, fn () => PullPriceLists::run($store, $plugin, $now));
    Checks::same(true, str_contains($error->getMessage(), 'another product'));
    Checks::same(null, $store->readHead());
});
$checks->that('a pull leaves a newer one alone that finished meanwhile', function () use ($cases, $now, $next, $source, $nextList): void {
    $store = storeOf($cases['index'], $cases);
    $newest = indexWith($cases['index'], [], ['state' => 'suspended']);
    $slow = $next();
    $slow->onList = fn () => PullPriceLists::run($store, $source($newest), $now);
    Checks::same(plain(new PullReport(false)), plain(PullPriceLists::run($store, $slow, $now)));
    Checks::same([$newest['revision'], false], [$store->readHead()->revision, $store->hasList($nextList['hash'])]);
});
$checks->that('an update that names what it does not bring writes nothing, also inside a transaction', function () use ($cases, $now): void {
    $pdo = pdo();
    $store = new PdoStore($pdo);
    $update = updateOf($cases['index'], $cases);
    $incomplete = new PriceListUpdate($update->index, $now, $update->lists, $update->pages, []);
    Checks::throws(UnexpectedValueException::class, fn () => $store->writeIndex($incomplete, null));
    $pdo->beginTransaction();
    $store->writeLock(lockWith($cases, []));
    Checks::throws(UnexpectedValueException::class, fn () => $store->writeIndex($incomplete, null));
    $pdo->commit();
    Checks::same([null, false], [$store->readHead(), $store->hasList($cases['list']['hash'])]);
    Checks::same('900', $store->readLock('900')->serviceId);
});
$checks->that('pages may be named twice and be empty', function () use ($cases, $now): void {
    $empty = ContentHash::ofPage(['entries' => []]);
    $pages = [$empty, $cases['page']['hash'], $empty];
    $list = ContentHash::ofList(['pages' => $pages]);
    $lists = [['hash' => $list, 'validFrom' => '2027-01-01T00:00:00Z', 'validUntil' => null]];
    $update = updateOf(indexWith($cases['index'], [], ['lists' => $lists]), $cases);
    $store = new PdoStore(pdo());
    $both = $update->pages + [$empty => []];
    Checks::same(true, $store->writeIndex(new PriceListUpdate($update->index, $now, [$list => $pages], $both, $update->chunks), null));
    Checks::same('fix', $store->readChunk($list, 'fix')->product);
    Checks::same(2, count($store->heldHashes($pages)));
});
$checks->that('tables may be made again and removed', function (): void {
    $pdo = pdo();
    Checks::same([2, 2], [Schema::upgrade($pdo), Schema::upgrade($pdo)]);
    Schema::drop($pdo);
    Checks::same(2, Schema::upgrade($pdo));
});
$checks->that('a connection that keeps quiet about errors is understood', function () use ($cases): void {
    $pdo = pdo();
    $pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_SILENT);
    $store = new PdoStore($pdo);
    Checks::same([true, true], [$store->writeLock(lockWith($cases, [])), $store->writeLock(lockWith($cases, []))]);
    Schema::drop($pdo);
    Checks::throws(PDOException::class, fn () => $store->readLock('900'));
});

// Outbox ------------------------------------------------------------------------------------------------------------

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

// Signatures --------------------------------------------------------------------------------------------------------

foreach ($cases['calls'] as $call) {
    $checks->that("a call: {$call['why']}", function () use ($call, $keys, $now): void {
        $prefix = Signature::callPrefix($call['name']);
        $ring = $keys->pluginToHost;
        $outcome = Signature::verify($keys->installation, $ring, $call['headers'], $call['body'], $now, $prefix);
        Checks::same($call['wanted'], $outcome instanceof VerifyFailure ? $outcome->value : 'ok');
        $changed = Signature::verify($keys->installation, $ring, $call['headers'], "{$call['body']} ", $now, $prefix);
        Checks::same(true, $changed instanceof VerifyFailure);
    });
}
$checks->that('signed paths are as in TypeScript', function () use ($cases): void {
    foreach ($cases['paths'] as $case) {
        Checks::same($case['path'], Signature::path($case['url']));
    }
});
$checks->that('rings rotate without a pause, and a key ends with the second rotation', function () use ($now): void {
    $old = KeyRing::of(Key::make());
    $once = $old->rotated();
    $sign = static fn (KeyRing $ring): array => Signature::headers('ins_1', $ring, 'msg_1', 'test', 'body', $now);
    $is = static fn (KeyRing $by, KeyRing $at): bool => !Signature::verify('ins_1', $at, $sign($by), 'body', $now) instanceof VerifyFailure;
    Checks::same([true, true, true], [$is($old, $once), $is($once, $old), $is($once, $once)]);
    Checks::same(false, $is($old, $once->rotated()));
    Checks::throws(InvalidArgumentException::class, fn () => KeyRing::of());
    Checks::throws(InvalidArgumentException::class, fn () => Signature::headers('ins_1', $old, 'a.b', 'test', '', $now));
});
$checks->that('secrets stay out of dumps and errors', function () use ($cases, $keys): void {
    $secret = $cases['keys']['session'][0]['secret'];
    ob_start();
    var_dump($keys->session->newest());
    Checks::same(false, str_contains((string) ob_get_clean(), $secret));
    $error = Checks::throws(InvalidArgumentException::class, fn () => InstallationKeys::of(['installation' => $secret]));
    Checks::same(false, str_contains((string) $error, $secret));
    Checks::same($cases['keys'], plain($keys->toStore()));
});
$serve = static fn (array $handlers, ?Closure $onError = null): ServeCall => new ServeCall($keys, new PdoReplayGuard(pdo()), $handlers, $onError);
$answer = static function (ServeCall $serve, string $name, string $body = '{"clientId":"42"}', array $changes = []) use ($keys, $now): array {
    $id = $changes['id'] ?? Signature::callPrefix($name) . bin2hex(random_bytes(4));
    $headers = Signature::headers($keys->installation, $keys->pluginToHost, $id, $name, $body, $changes['atMs'] ?? $now);
    $headers = array_combine(array_map(ucwords(...), array_keys($headers)), $headers);
    $path = '/reseller/bridge/v1/' . ($changes['path'] ?? $name);
    $answer = $serve->answer($changes['method'] ?? 'POST', $path, $headers, $body, $changes['nowMs'] ?? $now);
    return [$answer->status, json_decode($answer->body, true)['error']['code'] ?? 'ok', $answer];
};
$credit = ['credit.read' => static fn (Fields $request): array => ['balance' => $request->id('clientId')]];
$checks->that('a signed call is answered, once', function () use ($serve, $answer, $credit, $now): void {
    $served = $serve($credit);
    [$status, , $first] = $answer($served, 'credit.read');
    Checks::same([200, '{"balance":"42"}', 'no-store'], [$status, $first->body, $first->headers['cache-control']]);
    $again = ['id' => 'credit-read_1', 'atMs' => $now + 300_000];
    Checks::same(200, $answer($served, 'credit.read', '{"clientId":"42"}', $again)[0]);
    Checks::same([401, 'replayed'], array_slice($answer($served, 'credit.read', '{"clientId":"42"}', $again), 0, 2));
    $later = $again + ['nowMs' => $now + 599_000];
    Checks::same([401, 'replayed'], array_slice($answer($served, 'credit.read', '{"clientId":"42"}', $later), 0, 2));
});
$checks->that('what cannot be served is refused with its code', function () use ($serve, $answer, $credit, $now): void {
    $wanted = [
        [405, 'method_not_allowed', 'credit.read', '', ['method' => 'GET']],
        [413, 'too_large', 'credit.read', str_repeat('x', 2_097_153), []],
        [400, 'bad_request', 'credit.read', "\xff", []],
        [400, 'bad_request', 'credit.read', '{', []],
        [400, 'bad_request', 'credit.read', '"text"', []],
        [400, 'bad_request', 'credit.read', '{}', []],
        [400, 'bad_request', 'credit.read', '{"clientId":42}', []],
        [401, 'unauthorised', 'credit.read', '{}', ['path' => 'orders.cancel']],
        [401, 'too_old', 'credit.read', '{}', ['atMs' => $now - 301_000]],
        [404, 'not_found', 'nothing', '{}', []],
        [404, 'not_found', '__construct', '{}', []],
        [501, 'not_supported', 'orders.find', '{}', []],
    ];
    foreach ($wanted as [$status, $code, $name, $body, $changes]) {
        Checks::same([$status, $code], array_slice($answer($serve($credit), $name, $body, $changes), 0, 2));
    }
    $unsigned = $serve($credit)->answer('POST', '/bridge/v1/nothing', [], '{}', $now);
    Checks::same([401, true], [$unsigned->status, str_contains($unsigned->body, 'unknown_installation')]);
});
$checks->that('errors of handlers say no more than they should', function () use ($serve, $answer): void {
    $told = [];
    $served = $serve([
        'orders.find' => static fn () => throw new HostError(HostErrorCode::Conflict, 'It is cancelled.', 7),
        'orders.place' => static fn () => throw new RuntimeException('password in SQL'),
    ], static function (string $reference, string $call, Throwable $error) use (&$told): void {
        $told = [$reference, $call, $error->getMessage()];
    });
    [$status, $code, $conflict] = $answer($served, 'orders.find');
    Checks::same([409, 'conflict', '7'], [$status, $code, $conflict->headers['retry-after']]);
    [$status, $code, $broken] = $answer($served, 'orders.place');
    Checks::same([500, 'internal', false], [$status, $code, str_contains($broken->body, 'password')]);
    Checks::same(['orders.place', 'password in SQL'], array_slice($told, 1));
    Checks::same(true, str_contains($broken->body, $told[0]));
});

// The plugin over HTTP ----------------------------------------------------------------------------------------------

$requests = [];
$client = static function (HttpAnswer|Throwable ...$answers) use ($keys, $now, &$requests): PluginClient {
    $http = new CallableTransport(static function (string $method, string $url, array $headers, ?string $body) use (&$answers, &$requests): HttpAnswer {
        $requests[] = ['method' => $method, 'url' => $url, 'headers' => $headers, 'body' => $body];
        $answer = array_shift($answers);
        return $answer instanceof Throwable ? throw $answer : $answer;
    });
    return new PluginClient('https://plugin.test/base/', $keys, $http, 10.0, 1_000_000, static fn (): int => $now);
};
$json = static fn (mixed $value, int $status = 200, array $headers = []): HttpAnswer => new HttpAnswer($status, $headers, json_encode($value));
$checks->that('price lists are pulled over HTTP', function () use ($client, $json, $cases, $now): void {
    $plugin = $client($json($cases['index']), $json($cases['list']), $json($cases['page']), $json(['chunks' => $cases['chunks']]), new HttpAnswer(304, [], ''));
    $store = new PdoStore(pdo());
    Checks::same(plain(new PullReport(true, 1, 1, 3)), plain(PullPriceLists::run($store, $plugin, $now)));
    Checks::same(plain(new PullReport(false)), plain(PullPriceLists::run($store, $plugin, $now)));
});
$checks->that('events are sent as they were written', function () use ($client, $json, $event, &$requests): void {
    $sent = $event('a', 1);
    $results = $client($json(['results' => [['id' => $sent->id, 'outcome' => 'parked', 'message' => 'No.']]]))->sendEvents([$sent->json]);
    Checks::same([$sent->id, 'parked', 'No.'], array_values((array) $results[0]));
    Checks::same("{\"events\":[{$sent->json}]}", end($requests)['body']);
});
$checks->that('every failure of HTTP has its code', function () use ($client, $json, $now): void {
    $error = static fn (int $status): HttpAnswer => $json(['error' => ['code' => 'x', 'message' => 'Words.']], $status, ['Retry-After' => ['30']]);
    $wanted = [
        'unreachable' => new RuntimeException('connect to 10.0.0.1 failed'),
        'unauthorised' => $error(401),
        'not_found' => $error(404),
        'conflict' => $error(409),
        'gone' => $error(410),
        'refused' => $error(422),
        'rate_limited' => $error(429),
        'unavailable' => $error(503),
    ];
    foreach ($wanted as $code => $answer) {
        $thrown = Checks::throws(PluginError::class, fn () => $client($answer)->pullList('sha256:0'));
        Checks::same($code, $thrown->reason->value);
        Checks::same($code === 'unreachable' ? null : 30, $thrown->retryAfterSeconds);
        Checks::same($code === 'unreachable' ? 'The plugin did not answer in time.' : 'Words.', $thrown->getMessage());
    }
    foreach (['no json', '{"hash":1}', "\xff", '{"results":[{}]}', str_repeat(' ', 1_000_001), ''] as $body) {
        $thrown = Checks::throws(PluginError::class, fn () => $client(new HttpAnswer(200, [], $body))->pullList('sha256:0'));
        Checks::same('bad_answer', $thrown->reason->value);
    }
    $moved = Checks::throws(PluginError::class, fn () => $client(new HttpAnswer(302, [], ''))->pullIndex(null));
    Checks::same('bad_answer', $moved->reason->value);
    $later = new HttpAnswer(503, ['retry-after' => gmdate(DATE_RFC7231, intdiv($now, 1000) + 45)], '');
    Checks::same(45, Checks::throws(PluginError::class, fn () => $client($later)->pullIndex(null))->retryAfterSeconds);
});

// What TypeScript checks next ---------------------------------------------------------------------------------------

$session = static fn (string $subject, ?string $admin, string $portal): string => SessionToken::mint(
    $keys->session->newest(),
    'https://host.test',
    'reseller-plugin',
    $keys->installation,
    $subject,
    $admin,
    $portal,
    $portal === 'admin' ? [] : ['orders:read'],
    $portal === 'admin' ? null : '42',
    'a1b2c3d4e5',
    $now,
);
$checks->that('a client gets no session of the admin portal, and nobody acts for an admin', function () use ($session): void {
    Checks::throws(InvalidArgumentException::class, fn () => $session('client:42', null, 'admin'));
    Checks::throws(InvalidArgumentException::class, fn () => $session('admin:7', 'admin:8', 'admin'));
});
$verdict = $wholesale([$cases['vps'], $cases['oneOff'], $cases['domain']]);
$lines = [];
foreach ($verdict->lines as $position => $line) {
    $lines[] = $line->jsonSerialize() + ['id' => "l{$position}", 'serviceId' => "s{$position}", 'title' => 'é/😀'];
}
$orderEvent = Event::make('order.created', 'order', '5', 1, ['order' => [
    'id' => '5',
    'clientId' => '42',
    'reference' => null,
    'status' => 'pending',
    'createdAt' => Moment::text($now),
    'money' => ['currency' => 'USD', 'digits' => $verdict->digits, 'tax' => 'net'],
    'coupon' => null,
    'note' => null,
    'customer' => null,
    'lines' => $lines,
    'invoiceId' => null,
    'placedBy' => 'shop',
    'stamp' => $verdict->stamp,
    'locks' => Locks::of($verdict->lines, $verdict->stamp['listHash'], '42', 'USD', ['s0', 's1', 's2'], $now),
]], $now);
$stored = $outbox($orderEvent)->dueEvents($now, 1)[0]->json;
$client($json(['results' => []]))->sendEvents([$stored]);
$newKeys = new InstallationKeys('ins_made-in-php', KeyRing::of(Key::make()), KeyRing::of(Key::make()), KeyRing::of(Key::make())->rotated());
file_put_contents($argv[2], json_encode([
    'requests' => $requests,
    'sessions' => [$session('client:42', 'admin:7', 'client'), $session('admin:7', null, 'admin')],
    'event' => json_decode($stored),
    'keys' => $newKeys->toStore(),
    'calls' => Contract::CALLS,
    'events' => Contract::EVENTS,
    'version' => Contract::VERSION,
], JSON_THROW_ON_ERROR));
exit($checks->finish());
