<?php

declare(strict_types=1);

use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\PriceLock;
use FOSSBilling\InformationException;

/**
 * The shared vectors through the module's listeners: orders through the till, guarded lines through the approval of an
 * invoice. Left out is what the host cannot sell: priced options, prorated lines, other than two digits or none.
 *
 * @param list<array<string, mixed>> $cases
 */
function vectorsThroughHost(Checks $checks, array $cases): void
{
    $ran = ['guard' => 0, 'quote' => 0];
    foreach ($cases as $case) {
        $run = match ($case['kind']) {
            'guard' => guardOf($case),
            'quote' => orderOf($case),
            default => null,
        };
        if ($run !== null) {
            $ran[$case['kind']] += 1;
            $checks->that("{$case['name']} (in the host)", $run);
        }
    }
    // A change of the vectors' form must not make them pass by running none.
    $checks->that('vectors were run in the host', fn () => Checks::same(true, $ran['guard'] >= 10 && $ran['quote'] >= 10 ?: $ran));
}

/** @param array<string, mixed> $case */
function guardOf(array $case): ?Closure
{
    $line = $case['line'];
    $storable = is_string($line['unit']) && preg_match('/^-?\d+(\.\d{1,2})?$/D', $line['unit']) === 1;
    if ($line['prorated'] !== null || $case['digits'] !== 2 || !$storable) {
        return null;
    }
    return static function () use ($case, $line): void {
        $host = new TestHost();
        $chunks = $case['lock'] !== null || $case['list'] === null
            ? []
            : [5 => chunk('5', ['base 1M USD' => [$case['list'], '0.00']])];
        $host->pull($chunks, [RESELLER => []]);
        $order = $host->add('client_order', ['client_id' => RESELLER, 'product_id' => 5, 'group_id' => 'g', 'group_master' => 1, 'title' => 'Plan',
            'currency' => 'USD', 'service_type' => 'custom', 'period' => '1M', 'quantity' => $line['quantity'], 'price' => 99.0,
            'status' => 'pending_setup', 'config' => '{}', 'created_at' => date('Y-m-d H:i:s')]);
        if ($case['lock'] !== null) {
            $host->store->writeLock(new PriceLock($order, (string) RESELLER, '5', '1M', 'USD', $line['quantity'], $case['lock'], [], null,
                Moment::text(Moment::now()), 'active'));
        }
        $items = [['type' => 'order', 'rel_id' => $order, 'task' => 'activate', 'title' => 'Plan', 'quantity' => $line['quantity'], 'price' => (float) $line['unit']]];
        if (!isset($case['verdict']['correctTo']) && $case['verdict']['ok'] === false) {
            Checks::throws(InformationException::class, fn () => $host->issue(RESELLER, 'USD', $items));
            return;
        }
        $seen = $host->lines($host->issue(RESELLER, 'USD', $items))[0][0];
        Checks::same((float) ($case['verdict']['correctTo'] ?? $line['unit']), $seen);
    };
}

/** @param array<string, mixed> $case */
function orderOf(array $case): ?Closure
{
    $order = $case['order'];
    $digits = array_column($case['currencies'], 'digits', 'code')[$order['currency']] ?? null;
    $products = array_column($case['products'], null, 'id');
    foreach ($order['lines'] as $line) {
        $sold = $products[$line['product']] ?? null;
        $countable = is_int($line['quantity']) && $line['quantity'] >= 1;
        if ($sold === null || !$countable || $line['options'] !== [] || isset($line['action'])) {
            return null;
        }
        if (array_intersect(array_column($sold['chunk']['components'], 'kind'), ['domain']) !== []) {
            return null;
        }
    }
    if ($digits !== 2) {
        return null;
    }
    return static function () use ($case, $order, $products): void {
        $host = new TestHost();
        // The host numbers its products.
        $numbers = array_flip(array_map(strval(...), array_keys($products)));
        $chunks = [];
        foreach ($products as $id => $product) {
            $number = $numbers[(string) $id] + 1;
            $host->add('product_payment', ['id' => $number, 'type' => 'recurrent', 'm_price' => 999, 'm_setup_price' => 99]);
            $host->add('product', ['id' => $number, 'type' => 'custom', 'product_payment_id' => $number]);
            if ($product['offered']) {
                $chunks[$number] = $product['chunk'];
            }
        }
        $host->pull($chunks, [RESELLER => []], ['currencies' => $case['currencies'], 'setupPerQuantity' => $case['setupPerQuantity']]);
        $host->native(true);
        $host->pdo->exec("INSERT INTO currency (id, code, conversion_rate) SELECT 9, '{$order['currency']}', '0.9'
            WHERE NOT EXISTS (SELECT 1 FROM currency WHERE code = '{$order['currency']}')");
        $host->pdo->exec("UPDATE client SET currency = '{$order['currency']}' WHERE id = " . RESELLER);
        $cart = array_map(static fn (array $line): array => [
            'product' => $numbers[(string) $line['product']] + 1,
            'config' => ($line['term'] === 'once' ? [] : ['period' => $line['term']]) + ['quantity' => $line['quantity']],
        ], $order['lines']);
        if (isset($case['expect']['error'])) {
            Checks::throws(InformationException::class, fn () => $host->checkout(RESELLER, $cart));
            return;
        }
        $bought = $host->checkout(RESELLER, $cart);
        $wanted = $case['expect']['quote'];
        Checks::same(number_format((float) ($wanted['dueNow'] ?? $host->total($bought['invoice'])), 2, '.', ''), $host->total($bought['invoice']));
        foreach ($wanted['lines'] ?? [] as $position => $line) {
            $seen = (float) $host->price($bought['orders'][$position]) * $order['lines'][$position]['quantity'];
            Checks::same(number_format((float) ($line['price'] ?? $seen), 2, '.', ''), number_format($seen, 2, '.', ''));
        }
    };
}
