<?php

declare(strict_types=1);

use Box\Mod\Reseller\Bridge\InstallationKeys;
use Box\Mod\Reseller\Bridge\Key;
use Box\Mod\Reseller\Bridge\KeyRing;
use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Screens\FramePage;
use Box\Mod\Reseller\Screens\Panels;

/** A shop whose module is paired with the service. */
function pairedShop(): TestHost
{
    $host = shop();
    $ring = static fn (): KeyRing => KeyRing::of(Key::make());
    $state = Installation::of($host->di)->state();
    $state->putSealed('keys', (new InstallationKeys('ins_panels', $ring(), $ring(), $ring()))->toStore());
    $state->put('service', ['url' => 'https://plugin.example']);
    $host->newRequest();
    return $host;
}

/** Which panel stands in a place of the host's pages, and what it is about. */
function panelsOfModule(Checks $checks): void
{
    $pathOf = static fn (?array $frame): ?string => $frame['data']['path'] ?? null;

    $checks->that('staff see the panel of the page: home, any client, a reseller’s order and invoice', function () use ($pathOf): void {
        $host = pairedShop();
        $bought = $host->checkout(RESELLER, cart());
        $plain = $host->checkout(PLAIN, cart());
        $second = staffOrder($host);
        $renewals = $host->issue(RESELLER, 'USD', [renewal($bought['orders'][0], 8.0), renewal($second, 8.0)]);
        $host->newRequest();
        $at = static fn (string $path): ?string => $pathOf(Panels::forStaff($host->di, $path));
        foreach (['', '/', '/index', '/index/'] as $home) {
            Checks::same('/home', $at($home));
        }
        Checks::same(['/client?id=42', '/client?id=43'], [$at('/client/manage/42'), $at('/client/manage/43/')]);
        // An add-on's row belongs to the order of the product it was bought with.
        [$plan, $extra] = $bought['orders'];
        Checks::same(["/order?id={$plan}", "/order?id={$plan}"], [$at("/order/manage/{$plan}"), $at("/order/manage/{$extra}")]);
        Checks::same("/order?id={$plan}", $at("/invoice/manage/{$bought['invoice']}"));
        Checks::same('/client?id=42', $at("/invoice/manage/{$renewals}"));
        Checks::same([null, null], [$at("/order/manage/{$plain['orders'][0]}"), $at("/invoice/manage/{$plain['invoice']}")]);
        foreach (['/order', '/order/manage/999', '/invoice/manage/999', '/order/manage/1 or 1=1', '/client/manage/', '/reseller'] as $other) {
            Checks::same(null, $at($other));
        }
    });

    $checks->that('clients see the panel of the page, resellers alone that with prices', function () use ($pathOf): void {
        $host = pairedShop();
        $host->pdo->exec("UPDATE product SET slug = 'starter-plan' WHERE id = " . PLAN);
        $as = static function (?int $clientId, callable $panel) use ($host, $pathOf): ?string {
            $host->newRequest();
            $host->di['session'] = new TestSession($clientId);
            return $pathOf($panel($host->di));
        };
        foreach ([[RESELLER, '/start', null], [PLAIN, null, '/start']] as [$who, $above, $below]) {
            Checks::same([$above, $below], [$as($who, fn ($di) => Panels::forStart($di, true)), $as($who, fn ($di) => Panels::forStart($di, false))]);
        }
        $places = [
            [fn ($di) => Panels::forProduct($di, '2'), '/product?id=2'],
            [fn ($di) => Panels::forProduct($di, null), null],
            [fn ($di) => Panels::forShopPage($di, '/order/2', null), '/product?id=2'],
            [fn ($di) => Panels::forShopPage($di, '/order/starter-plan', null), '/product?id=2'],
            [fn ($di) => Panels::forShopPage($di, '/order', '3'), '/product?id=3'],
            [fn ($di) => Panels::forShopPage($di, '/order', null), null],
            [fn ($di) => Panels::forShopPage($di, '/order', "2' OR '1"), null],
            [fn ($di) => Panels::forShopPage($di, '/order/service', null), null],
            [fn ($di) => Panels::forShopPage($di, '/order/service/manage/2', null), null],
            [fn ($di) => Panels::forShopPage($di, '/support', null), null],
        ];
        foreach ($places as [$panel, $expected]) {
            Checks::same([$expected, null, null], [$as(RESELLER, $panel), $as(PLAIN, $panel), $as(null, $panel)]);
        }
        // A page that shows no product costs nothing, whoever looks at it.
        foreach ([RESELLER, PLAIN, null] as $who) {
            $as($who, $places[9][0]);
            Checks::same([], $host->pdo->ours());
        }
    });

    $checks->that('a panel says where it is mounted, a page also where it lies', function (): void {
        $host = pairedShop();
        $panel = Panels::forStaff($host->di, '/client/manage/42')['data'];
        Checks::hasAll([
            'panel' => '', 'portal' => 'admin', 'src' => 'https://plugin.example/ui/panels/',
            'token-url' => '/staff-only/reseller/token', 'csrf-cookie' => 'csrf_token', 'host-version' => '0.8.5',
        ], $panel);
        Checks::same(false, isset($panel['route-base']));
        $context = json_decode($panel['context'], true);
        Checks::hasAll(['screenUrl' => '/staff-only/reseller{path}', 'orderUrl' => '/staff-only/order/manage/{id}'], $context['host']);
        Checks::same(['host', 'Lab & Sons', 'EUR'], [$context['nav'], $context['provider']['name'], $context['provider']['currency']]);
        $page = FramePage::of($host->di, 'client')['data'];
        Checks::hasAll(['src' => 'https://plugin.example/ui/portal/', 'route-base' => '/reseller'], $page);
        Checks::same([false, 'frame'], [isset($page['panel']), json_decode($page['context'], true)['nav']]);
    });

    $checks->that('without a service there is no panel', function (): void {
        $host = shop();
        Checks::same(null, Panels::forStaff($host->di, '/client/manage/42'));
    });
}
