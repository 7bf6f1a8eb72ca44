<?php

declare(strict_types=1);

// Runs the shared price vectors: php vectors.php <cases.json>, the file as export-rows.ts makes it.

use Box\Mod\Reseller\Bridge\Component;
use Box\Mod\Reseller\Bridge\ContentHash;
use Box\Mod\Reseller\Bridge\Guard;
use Box\Mod\Reseller\Bridge\Lookup;
use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\OrderItem;
use Box\Mod\Reseller\Bridge\OrderToPrice;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PricedLine;
use Box\Mod\Reseller\Bridge\PriceLine;
use Box\Mod\Reseller\Bridge\PriceListFormat;
use Box\Mod\Reseller\Bridge\PriceListUpdate;
use Box\Mod\Reseller\Bridge\PriceOrder;
use Box\Mod\Reseller\Bridge\Proration;
use Box\Mod\Reseller\Bridge\Refusal;
use Box\Mod\Reseller\Bridge\RefusedVerdict;
use Box\Mod\Reseller\Bridge\Rounding;
use Box\Mod\Reseller\Bridge\Schema;
use Box\Mod\Reseller\Bridge\WholesaleVerdict;

require __DIR__ . '/autoload.php';
require __DIR__ . '/Checks.php';

const NOW_MS = 1_798_804_800_000;

/** A line against its lock or the list. */
function guard(array $case): void
{
    $digits = $case['digits'];
    $line = $case['line'];
    $part = $line['prorated'];
    $minor = static fn (?string $text): ?int => $text === null ? null : Money::minorUnits($text, $digits);
    $verdict = Guard::line(
        $minor($line['unit']),
        $line['quantity'],
        $part === null ? null : new Proration($part['numerator'], $part['denominator']),
        $minor($case['lock']),
        $minor($case['list']),
    );
    $seen = ['ok' => $verdict->reason === null];
    if ($verdict->reason !== null) {
        $seen['reason'] = $verdict->reason;
    }
    if ($verdict->correctTo !== null) {
        $seen['correctTo'] = Money::format($verdict->correctTo, $digits);
        $seen['difference'] = Money::format($verdict->difference, $digits);
    }
    ksort($seen);
    ksort($case['verdict']);
    Checks::same($case['verdict'], $seen);
}

/** The look-up finds what was compiled, and nothing that was left out; rounding comes to the same wholesale. */
function rows(array $case): void
{
    $digits = array_column($case['currencies'], 'digits', 'code');
    $rows = 0;
    $chunks = [];
    foreach ($case['products'] as ['id' => $id, 'chunk' => $chunk]) {
        Checks::same($chunk['hash'], ContentHash::ofChunk(PriceListFormat::chunk($chunk)));
        $chunks[$id] = $chunk;
        $cells = [];
        foreach ($chunk['rows'] as $row) {
            $cells["{$row['term']} {$row['currency']}"] = [$row['term'], $row['currency']];
            if ($row['bp'] !== null && $row['adjusted'] === null) {
                $retail = Money::stored($row['retail'], $digits[$row['currency']]);
                $rounded = Rounding::part($retail, 10_000 - $row['bp'], 10_000);
                Checks::same($row['wholesale'], Money::format($rounded, $digits[$row['currency']]));
            }
        }
        foreach ($cells as [$term, $currency]) {
            foreach (Lookup::cells($chunk['rows'], $term, $currency, $digits[$currency]) as $cell) {
                $rows += $cell->setup === null ? 1 : 2;
            }
        }
    }
    Checks::same($case['expect']['rowCount'] ?? $rows, $rows);
    foreach ($case['expect']['rows'] ?? [] as $row) {
        $places = $digits[$row['currency']];
        $cells = Lookup::cells($chunks[$row['product']]['rows'], $row['term'], $row['currency'], $places);
        $cell = $cells[$row['component']];
        $amounts = $row['charge'] === 'setup' ? $cell->setup : $cell->price;
        Checks::same($row['retail'] ?? Money::format($amounts->retail, $places), Money::format($amounts->retail, $places));
        if (isset($row['wholesale'])) {
            Checks::same($row['wholesale'], Money::format($amounts->wholesale, $places));
        }
    }
    foreach ($case['expect']['omitted'] ?? [] as $row) {
        $cells = Lookup::cells($chunks[$row['product']]['rows'], $row['term'], $row['currency'], 8);
        Checks::same(false, isset($cells[$row['component']]));
    }
}

function item(array $line): OrderItem
{
    return new OrderItem($line['product'], $line['term'], $line['quantity'], $line['options'], $line['action'] ?? null);
}

/** A quote, put together from priced lines as `prices quote` does it. */
function quote(array $case): void
{
    $order = $case['order'];
    $digits = array_column($case['currencies'], 'digits', 'code')[$order['currency']] ?? null;
    if ($digits === null) {
        Checks::same($case['expect']['error']['code'] ?? null, 'currency_unknown');
        return;
    }
    $products = array_column($case['products'], null, 'id');
    $lines = [];
    $dueNow = 0;
    $recurring = [];
    foreach ($order['lines'] as $position => $line) {
        $product = $products[$line['product']] ?? null;
        if ($product === null || !$product['offered']) {
            $code = $product === null ? 'unknown_product' : 'not_offered';
            Checks::hasAll($case['expect']['error'] ?? [], ['code' => $code, 'path' => "/lines/{$position}/product"]);
            return;
        }
        $priced = PriceLine::price(
            array_map(Component::of(...), $product['chunk']['components']),
            $product['chunk']['rows'],
            $order['currency'],
            $digits,
            $case['setupPerQuantity'],
            item($line),
        );
        if ($priced instanceof Refusal) {
            $seen = ['code' => $priced->code->value, 'path' => "/lines/{$position}{$priced->path}"];
            Checks::hasAll($case['expect']['error'] ?? [], $seen + ['message' => $priced->message]);
            Checks::same(true, isset($case['expect']['error']));
            return;
        }
        $dueNow += $priced->wholesale->price + $priced->wholesale->setup;
        if ($priced->renewal !== null) {
            $term = $line['term'];
            $recurring[$term] = ($recurring[$term] ?? 0) + $priced->renewal * $line['quantity'];
        }
        $text = json_decode(json_encode(PricedLine::of(item($line), $priced, $digits)), true);
        $lines[] = $text + [
            'retailPrice' => Money::format($priced->retail->price, $digits),
            'retailSetup' => Money::format($priced->retail->setup, $digits),
        ];
    }
    Checks::same(false, isset($case['expect']['error']));
    ksort($recurring, SORT_STRING);
    Checks::hasAll($case['expect']['quote'], [
        'format' => 'quote/1',
        'currency' => $order['currency'],
        'lines' => $lines,
        'dueNow' => Money::format($dueNow, $digits),
        'recurring' => array_map(static fn (int $sum): string => Money::format($sum, $digits), $recurring),
    ]);
}

/** The same order through the bridge's tables, as a checkout asks for it. */
function order(array $case): void
{
    $pdo = new PDO('sqlite::memory:');
    Schema::upgrade($pdo);
    $store = new PdoStore($pdo);
    $entries = [];
    $chunks = [];
    foreach ($case['products'] as $product) {
        if ($product['offered']) {
            $hash = $product['chunk']['hash'];
            $entries[] = ['product' => $product['id'], 'chunk' => $hash];
            $chunks[$hash] = json_encode($product['chunk'], JSON_THROW_ON_ERROR);
        }
    }
    $page = ContentHash::ofPage(['entries' => $entries]);
    $list = ContentHash::ofList(['pages' => [$page]]);
    $lists = [['hash' => $list, 'validFrom' => '2020-01-01T00:00:00Z', 'validUntil' => null]];
    $entry = ['clientId' => '42', 'resellerId' => 'r1', 'state' => 'active', 'publicReason' => null];
    $index = [
        'revision' => 'sha256:' . str_repeat('0', 64),
        'programme' => 'on',
        'coupons' => 'refuse',
        'currencies' => $case['currencies'],
        'catalogueTax' => 'net',
        'setupPerQuantity' => $case['setupPerQuantity'],
        'refuseAfterSeconds' => 60,
        'entries' => [$entry + ['lists' => $lists]],
    ];
    $store->writeIndex(new PriceListUpdate($index, NOW_MS, [$list => [$page]], [$page => $entries], $chunks), null);

    $order = $case['order'];
    $asked = new OrderToPrice('42', $order['currency'], null, array_map(item(...), $order['lines']));
    $verdict = PriceOrder::decide($store, $asked, NOW_MS);
    $error = $case['expect']['error'] ?? null;
    if ($error === null) {
        Checks::same(WholesaleVerdict::class, $verdict::class);
        $lines = json_decode(json_encode($verdict->lines), true);
        foreach ($case['expect']['quote']['lines'] ?? [] as $position => $wanted) {
            // Retail stays with the host: an order's verdict does not repeat it.
            unset($wanted['retailPrice'], $wanted['retailSetup']);
            Checks::hasAll($wanted, $lines[$position]);
        }
        return;
    }
    Checks::same(RefusedVerdict::class, $verdict::class);
    // A list holds what is sold: it cannot tell a product that is not offered from one that never was.
    $wanted = $error['code'] === 'unknown_product' ? 'not_offered' : $error['code'];
    Checks::same($wanted, $verdict->code->value);
    if (preg_match('~^/lines/(\d+)~', $error['path'] ?? '', $match) === 1) {
        Checks::same((int) $match[1], $verdict->line);
    }
}

$checks = new Checks();
foreach (json_decode((string) file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR)['cases'] as $case) {
    $checks->that($case['name'], fn () => $case['kind']($case));
    if ($case['kind'] === 'quote') {
        $checks->that("{$case['name']} (as an order)", fn () => order($case));
    }
}
exit($checks->finish());
