<?php

declare(strict_types=1);

// A shop with a plan, an add-on, a product that resellers cannot buy, and domains; and what is done in it.

use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Host\CallHandlers;
use FOSSBilling\InformationException;

const RESELLER = 42;
const PLAIN = 43;
const EURO = 44;
const PLAN = 2;
const EXTRA = 3;
const DOMAIN = 1;

/** @param array<string, array{string, string}> $prices price and setup fee by "component term currency" */
function chunk(string $product, array $prices, string $kind = 'base'): array
{
    $components = array_unique(array_map(static fn (string $key): string => explode(' ', $key)[0], array_keys($prices)));
    $rows = [];
    foreach ($prices as $key => [$price, $setup]) {
        [$component, $term, $currency] = explode(' ', $key);
        foreach (['price' => $price, 'setup' => $setup] as $charge => $amount) {
            $rows[] = ['component' => $component, 'term' => $term, 'currency' => $currency, 'charge' => $charge, 'retail' => '99.00',
                'wholesale' => $amount, 'source' => 'tier', 'bp' => null, 'adjusted' => null];
        }
    }
    return ['hash' => 'sha256:' . hash('sha256', $product . json_encode($rows)), 'product' => $product,
        'components' => array_map(static fn (string $id): array => ['id' => $id, 'kind' => $kind], array_values($components)),
        'rows' => $rows, 'omitted' => []];
}

/** @param array<string, mixed> $entry @param array<string, mixed> $index */
function shop(array $entry = [], array $index = [], bool $native = true): TestHost
{
    $host = new TestHost();
    foreach ([DOMAIN => ['domain', 11.99, 0], PLAN => ['custom', 10, 5], EXTRA => ['custom', 4, 0], 9 => ['custom', 7, 0]] as $id => [$type, $price, $setup]) {
        $payment = $host->add('product_payment', ['id' => $id, 'type' => 'recurrent', 'm_price' => $price, 'm_setup_price' => $setup]);
        $host->add('product', ['id' => $id, 'type' => $type, 'title' => "P{$id}", 'product_payment_id' => $payment]);
    }
    $host->pull([
        PLAN => chunk((string) PLAN, ['base 1M USD' => ['8.00', '4.00'], 'base 1M EUR' => ['7.20', '3.60']]),
        EXTRA => chunk((string) EXTRA, ['base 1M USD' => ['3.20', '0.00'], 'base 1M EUR' => ['2.88', '0.00']], 'addon'),
        'domain:.com' => chunk('domain:.com', ['register 1Y USD' => ['9.59', '0.00'], 'renew 1Y USD' => ['9.00', '0.00'],
            'transfer 1Y USD' => ['8.88', '0.00']], 'domain'),
    ], [RESELLER => $entry, EURO => $entry], $index);
    $host->native($native);
    return $host;
}

/** @return list<array{product: int, config: array<string, mixed>}> */
function cart(): array
{
    return [
        ['product' => PLAN, 'config' => ['period' => '1M', 'quantity' => 2]],
        ['product' => EXTRA, 'config' => ['period' => '1M', 'quantity' => 1]],
    ];
}

/** A row that staff made, and the host's events about it. @param array<string, mixed> $row */
function staffOrder(TestHost $host, array $row = []): string
{
    $host->fire('onBeforeAdminOrderCreate', ['client_id' => RESELLER, 'product_id' => PLAN, 'period' => '1M', 'quantity' => 1]);
    $id = $host->add('client_order', $row + ['client_id' => RESELLER, 'product_id' => PLAN, 'group_id' => uniqid(), 'group_master' => 1,
        'invoice_option' => 'no-invoice', 'title' => 'Plan', 'currency' => 'USD', 'service_type' => 'custom', 'period' => '1M',
        'quantity' => 1, 'price' => 10.0, 'status' => 'pending_setup', 'config' => '{"period":"1M"}', 'created_at' => date('Y-m-d H:i:s')]);
    $host->fire('onAfterAdminOrderCreate', ['id' => $id]);
    return $id;
}

function activate(TestHost $host, string $order): void
{
    $host->fire('onBeforeAdminOrderActivate', ['id' => $order]);
    $host->pdo->exec("UPDATE client_order SET status = 'active', activated_at = '2027-01-01 00:00:00' WHERE id = {$order}");
    $host->fire('onAfterAdminOrderActivate', ['id' => $order]);
}

/** @return array<string, mixed> a line that renews a row at a price */
function renewal(string $order, float $price, int $quantity = 1): array
{
    return ['type' => 'order', 'rel_id' => $order, 'task' => 'renew', 'title' => 'Plan', 'quantity' => $quantity, 'unit' => 'product', 'price' => $price];
}

/** @return list<string> types of the events so far */
function told(TestHost $host): array
{
    return array_column($host->events(), 'type');
}

function refused(string $words, callable $work): void
{
    $message = Checks::throws(InformationException::class, $work)->getMessage();
    Checks::same(true, str_contains($message, $words) ?: $message);
}

function ask(TestHost $host, string $call, array $request): array
{
    return json_decode(json_encode(CallHandlers::of($host->di)[$call](Fields::of($request))), true);
}
