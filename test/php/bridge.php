<?php

declare(strict_types=1);

// What the library does beyond prices, beside what TypeScript does with the same input:
// php bridge.php <cases.json> <answers.json>; the first as export-bridge.ts makes it, the second read by check-answers.ts.

use Box\Mod\Reseller\Bridge\Contract;
use Box\Mod\Reseller\Bridge\Event;
use Box\Mod\Reseller\Bridge\InstallationKeys;
use Box\Mod\Reseller\Bridge\Key;
use Box\Mod\Reseller\Bridge\KeyRing;
use Box\Mod\Reseller\Bridge\Locks;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\SessionToken;

require __DIR__ . '/autoload.php';
require __DIR__ . '/Checks.php';
require __DIR__ . '/bridge/support.php';

$checks = new Checks();
$cases = json_decode((string) file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR);
$now = $cases['nowMs'];
$keys = InstallationKeys::of($cases['keys']);
$day = 86_400_000;

// They share this scope: what one makes, the later ones use.
require __DIR__ . '/bridge/values.php';
require __DIR__ . '/bridge/prices.php';
require __DIR__ . '/bridge/price-lists.php';
require __DIR__ . '/bridge/outbox.php';
require __DIR__ . '/bridge/calls.php';

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
