<?php

declare(strict_types=1);

// A part of module.php, in its scope: its life and its keys.

use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Pairing\PairingCode;
use Box\Mod\Reseller\Pairing\PendingPairing;
use Box\Mod\Reseller\SecretBox;
use Box\Mod\Reseller\Service;
use Box\Mod\Reseller\SignedCalls;
use Box\Mod\Reseller\Status;

// Life

$checks->that('installing twice changes nothing, and connects listeners on a host whose own are not connected yet', function (): void {
    $host = new Host();
    $host->pdo->exec("UPDATE extension SET status = 'deactivated' WHERE id = 7");
    serviceOf($host)->install();
    Checks::same(['onAfterAdminActivateExtension'], $host->listeners());
    $tables = $host->tables();
    Installation::of($host->di)->state()->put('settings', ['nativeCheckout' => false]);
    serviceOf($host)->install();
    Checks::same([$tables, false], [$host->tables(), Installation::of($host->di)->settings()->nativeCheckout]);
    $host->pdo->exec("UPDATE extension SET status = 'installed' WHERE id = 7");
    Service::onAfterAdminActivateExtension(new Box_Event($host->di, ['id' => 8]));
    Checks::same(1, count($host->listeners()));
    $before = $host->widgetRebuilds;
    Service::onAfterAdminActivateExtension(new Box_Event($host->di, ['id' => 7]));
    Checks::same(true, count($host->listeners()) > 1 && $host->widgetRebuilds > $before);
    Checks::same(count($host->listeners()), count(array_unique($host->listeners())));
});

$checks->that('new files over old ones: the next request upgrades the tables and connects what is new', function (): void {
    $host = installed();
    $host->pdo->exec("DROP TABLE mod_reseller_state; UPDATE mod_reseller_meta SET value = '1'; DELETE FROM extension_meta");
    $same = new Pimple\Container($host->di->getArrayCopy());
    $host->pdo->beginTransaction();
    // Inside a transaction of the host nothing is created: it would be committed by that.
    try {
        Installation::of($same)->settings();
    } catch (PDOException) {
    }
    Checks::same(false, in_array('mod_reseller_state', $host->tables(), true));
    $host->pdo->rollBack();
    $later = new Pimple\Container($host->di->getArrayCopy());
    Checks::same(true, Installation::of($later)->settings()->nativeCheckout);
    Checks::same(true, in_array('onAfterAdminDeactivateExtension', $host->listeners(), true));
});

$checks->that('deactivating is a pause: signed calls wait, nothing is lost, activating goes on', function () use ($cases): void {
    $host = paired($cases);
    Service::onAfterAdminDeactivateExtension(new Box_Event($host->di, ['type' => 'mod', 'id' => 'news']));
    Checks::same(true, $host->listeners() !== []);
    Service::onAfterAdminDeactivateExtension(new Box_Event($host->di, ['type' => 'mod', 'id' => 'reseller']));
    Checks::same([], $host->listeners());
    $host->isActive = false;
    $paused = new Pimple\Container($host->di->getArrayCopy());
    $answer = SignedCalls::answer($paused, 'POST', '/reseller/bridge/v1/describe', [], '{}', $cases['nowMs']);
    Checks::same([503, 'unavailable'], [$answer->status, json_decode($answer->body, true)['error']['code']]);
    Checks::same(false, Installation::of($paused)->isReady());
    $host->isActive = true;
    $again = new Pimple\Container($host->di->getArrayCopy());
    $service = new Service();
    $service->setDi($again);
    $service->install();
    Checks::same($cases['keys']['installation'], Installation::of($again)->keys()?->installation);
    Checks::same($cases['index']['revision'], Installation::of($again)->store()->readHead()?->revision);
});

$checks->that('uninstalling leaves no table, listener, configuration or token of ours', function () use ($cases): void {
    $host = paired($cases);
    $host->pdo->exec("INSERT INTO extension_meta (extension, meta_key, meta_value) VALUES ('mod_reseller', 'config', 'x'), ('mod_news', 'config', 'y')");
    serviceOf($host)->uninstall();
    Checks::same([[], []], [$host->tables(), $host->listeners()]);
    Checks::same(['mod_news'], $host->pdo->query('SELECT extension FROM extension_meta')->fetchAll(PDO::FETCH_COLUMN));
    Checks::same([null], $host->pdo->query('SELECT api_token FROM admin')->fetchAll(PDO::FETCH_COLUMN));
    // And it may be installed again at once.
    $host2 = new Pimple\Container($host->di->getArrayCopy());
    $service = new Service();
    $service->setDi($host2);
    $service->install();
    Checks::same(null, Installation::of($host2)->keys());
});

$checks->that('versions and names agree: manifest, package, code', function () use ($cases): void {
    Checks::same([$cases['package'], $cases['package']], [$cases['moduleManifest']['version'], Installation::VERSION]);
    Checks::same(Installation::MODULE, $cases['moduleManifest']['id']);
    // A source checkout of the host calls itself 0.0.1 and would be refused.
    Checks::same(false, isset($cases['moduleManifest']['minimum_fossbilling_version']));
});

// Keys

$checks->that('what is sealed opens with the same secret and name only', function (): void {
    $box = new SecretBox(str_repeat('s', 32));
    $sealed = $box->seal('keys', 'plain');
    Checks::same('plain', $box->open('keys', $sealed));
    Checks::same(true, $box->seal('keys', 'plain') !== $sealed);
    $bytes = base64_decode($sealed);
    $bytes[30] = chr(ord($bytes[30]) ^ 1);
    $others = [$box->open('other', $sealed), (new SecretBox(str_repeat('t', 32)))->open('keys', $sealed)];
    Checks::same([null, null, null, null], [...$others, $box->open('keys', base64_encode($bytes)), $box->open('keys', 'no')]);
    Checks::throws(LengthException::class, static fn () => (new SecretBox(''))->seal('keys', 'plain'));
    Checks::same(false, str_contains(print_r($box, true), 'sss'));
});

$checks->that('keys and code lie encrypted, and are in no log, event or status', function () use ($cases): void {
    $host = paired($cases);
    $stored = $host->dump();
    $told = json_encode([$host->log, $host->staff->told, Status::of($host->di)]);
    foreach (['hostToPlugin', 'pluginToHost', 'session'] as $ring) {
        $secret = $cases['keys'][$ring][0]['secret'];
        Checks::same([false, false], [str_contains($stored, $secret), str_contains($told, $secret)]);
        Checks::same(false, str_contains($stored, substr($secret, 6, 20)));
    }
    $token = $host->pdo->query('SELECT api_token FROM admin')->fetchColumn();
    Checks::same([false, false], [str_contains($told, CODE), str_contains($told, (string) $token)]);
    Checks::same(true, Installation::of($host->di)->keys() !== null);
    PendingPairing::start(Installation::of($host->di)->state(), PairingCode::of(CODE), $cases['nowMs']);
    Checks::same(false, str_contains($host->dump(), CODE));
});

$checks->that('with another secret in config.php the keys are lost, which is said', function () use ($cases): void {
    $host = paired($cases);
    FOSSBilling\Config::$salt = str_repeat('other', 8);
    try {
        $later = new Pimple\Container($host->di->getArrayCopy());
        Checks::same([null, true], [Installation::of($later)->keys(), Installation::of($later)->hasLostKeys()]);
        Checks::same(null, Installation::of($later)->pluginClient());
        Checks::same(['paired' => false, 'keys_lost' => true], array_slice(Status::of($later), 0, 2));
    } finally {
        FOSSBilling\Config::$salt = '0123456789abcdef0123456789abcdef';
    }
});
