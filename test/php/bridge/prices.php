<?php

declare(strict_types=1);

// A part of bridge.php, in its scope: prices of orders, checks of invoices, and locks.

use Box\Mod\Reseller\Bridge\CheckInvoice;
use Box\Mod\Reseller\Bridge\Event;
use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Bridge\InvoiceLine;
use Box\Mod\Reseller\Bridge\InvoiceToCheck;
use Box\Mod\Reseller\Bridge\Locks;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\OrderItem;
use Box\Mod\Reseller\Bridge\OrderToPrice;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PricedLine;
use Box\Mod\Reseller\Bridge\PriceOrder;
use Box\Mod\Reseller\Bridge\Proration;
use Box\Mod\Reseller\Bridge\RefusedVerdict;
use Box\Mod\Reseller\Bridge\RetailVerdict;
use Box\Mod\Reseller\Bridge\WholesaleVerdict;

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
