<?php

declare(strict_types=1);

// A part of bridge.php, in its scope: pulling price lists.

use Box\Mod\Reseller\Bridge\ContentHash;
use Box\Mod\Reseller\Bridge\OrderToPrice;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PluginError;
use Box\Mod\Reseller\Bridge\PriceListUpdate;
use Box\Mod\Reseller\Bridge\PriceOrder;
use Box\Mod\Reseller\Bridge\PullPriceLists;
use Box\Mod\Reseller\Bridge\PullReport;
use Box\Mod\Reseller\Bridge\Schema;

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
