<?php

declare(strict_types=1);

// A part of module.php, in its scope: rights and screens.

use Box\Mod\Reseller\Api\Admin;
use Box\Mod\Reseller\Bridge\KeyRing;
use Box\Mod\Reseller\Bridge\Signature;
use Box\Mod\Reseller\HostHooks;
use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Screens\SessionTokens;
use Box\Mod\Reseller\Screens\StaffRights;
use Box\Mod\Reseller\Screens\Visitor;
use Box\Mod\Reseller\SignedCalls;

$checks->that('every call of the settings page needs the right to it', function () use ($cases): void {
    $host = paired($cases);
    $calls = [
        static fn (Admin $api) => $api->status(),
        static fn (Admin $api) => $api->pair(['address' => ADDRESS, 'code' => TYPED]),
        static fn (Admin $api) => $api->unpair(),
        static fn (Admin $api) => $api->settings_save(['native_checkout' => '1']),
        static fn (Admin $api) => $api->prices_pull(),
    ];
    $before = $host->dump();
    foreach ($calls as $call) {
        $all = array_map(static fn (string $key): string => "reseller.{$key}", array_keys(StaffRights::all()));
        $error = Checks::throws(FOSSBilling\InformationException::class, static fn () => $call(api($host, ...$all)));
        Checks::same(403, $error->getCode());
    }
    Checks::same($before, $host->dump());
});

$checks->that('switches are saved, and a failed pull is told', function () use ($cases): void {
    $host = paired($cases);
    $api = api($host, 'reseller.manage_settings');
    foreach ([[], ['native_checkout' => '1']] as $ticked) {
        $api->settings_save($ticked);
        $settings = Installation::of(new Pimple\Container($host->di->getArrayCopy()))->settings();
        Checks::same($ticked !== [], $settings->nativeCheckout);
    }
    $host->web = static fn () => [503, '{}'];
    Checks::throws(FOSSBilling\InformationException::class, static fn () => $api->prices_pull());
    Checks::same('The plugin cannot serve now.', $api->status()['pull_error']);
});

$checks->that('a client’s token says who, which account and which staff member acts', function () use ($cases): void {
    $host = paired($cases);
    $client = (object) ['id' => 42];
    $host->di['api_identity'] = $host->di->protect(static fn () => new class ($client) {
        public function __construct(private readonly object $client)
        {
        }

        public function getIdentity(): object
        {
            return $this->client;
        }
    });
    $visitor = Visitor::client($host->di);
    Checks::same(403, SessionTokens::answer($host->di, $visitor, 'other', $cases['nowMs'])->status);
    Checks::same(403, SessionTokens::answer($host->di, $visitor, null, $cases['nowMs'])->status);
    $claims = claimsOf(SessionTokens::answer($host->di, $visitor, 'csrf-of-the-session', $cases['nowMs']));
    Checks::hasAll([
        'iss' => 'http://127.0.0.1:8086', 'aud' => $cases['plugin'], 'iid' => $cases['keys']['installation'],
        'sub' => 'client:42', 'account' => '42', 'portal' => 'client', 'exp' => intdiv($cases['nowMs'], 1000) + 300,
    ], $claims);
    Checks::same([false, false], [isset($claims['act']), str_contains($claims['sid'], 'the-session-id')]);
    Checks::same(false, isset($claims['name']));
    Checks::same([], array_values(array_diff($claims['scopes'], $cases['scopes'])));
    $host->session['admin'] = ['id' => 3];
    $claims = claimsOf(SessionTokens::answer($host->di, Visitor::client($host->di), 'csrf-of-the-session', $cases['nowMs']));
    Checks::same('admin:3', $claims['act']);
    $host->session = [];
    Checks::same(403, SessionTokens::answer($host->di, $visitor, '', $cases['nowMs'])->status);
});

$checks->that('a staff member’s token holds what the host lets them do', function () use ($cases): void {
    $host = paired($cases);
    $host->di['loggedin_admin'] = new class () {
        public function getId(): int
        {
            return 5;
        }

        public function getName(): string
        {
            return ' Ada Lovelace ';
        }
    };
    $scopes = static function (string ...$rights) use ($host, $cases): array {
        $host->staff->rights = $rights;
        $claims = claimsOf(SessionTokens::answer($host->di, Visitor::staff($host->di), 'csrf-of-the-session', $cases['nowMs']));
        Checks::same(['admin:5', 'admin', null], [$claims['sub'], $claims['portal'], $claims['account']]);
        Checks::same('Ada Lovelace', $claims['name']);
        return $claims['scopes'];
    };
    Checks::same([], $scopes());
    Checks::same(false, (bool) preg_grep('/write|publish|repair|review|export/', $scopes('reseller.view')));
    Checks::same(
        ['resellers:write', 'applications:review', 'customers:write', 'keys:manage', 'webhooks:manage'],
        $scopes('reseller.manage_resellers'),
    );
    $keys = [...array_keys(StaffRights::all()), 'manage_settings'];
    $all = $scopes(...array_map(static fn (string $key): string => "reseller.{$key}", $keys));
    Checks::same([], array_values(array_diff($all, $cases['scopes'])));
    Checks::same($keys, array_keys(serviceOf($host)->getModulePermissions()));
});

$checks->that('no token while unpaired or paused', function () use ($cases): void {
    $host = installed();
    $host->di['loggedin_admin'] = (object) ['id' => 1];
    $visitor = Visitor::staff($host->di);
    Checks::same(503, SessionTokens::answer($host->di, $visitor, 'csrf-of-the-session', $cases['nowMs'])->status);
    $host = paired($cases);
    $host->isActive = false;
    $paused = new Pimple\Container($host->di->getArrayCopy());
    Checks::same(503, SessionTokens::answer($paused, $visitor, 'csrf-of-the-session', $cases['nowMs'])->status);
});

$checks->that('signed calls reach their handlers with a good signature only, and once', function () use ($cases): void {
    $host = paired($cases);
    $keys = Installation::of($host->di)->keys();
    $call = static function (KeyRing $ring, string $id, string $method = 'POST') use ($host, $keys, $cases): array {
        $headers = Signature::headers($keys->installation, $ring, "describe_{$id}", 'describe', '{}', $cases['nowMs']);
        $path = '/reseller/bridge/v1/describe';
        $answer = SignedCalls::answer($host->di, $method, $path, $headers, '{}', $cases['nowMs']);
        return [$answer->status, json_decode($answer->body, true)['error']['code'] ?? null];
    };
    Checks::same([401, 'unauthorised'], $call($keys->hostToPlugin, 'first'));
    Checks::same([405, 'method_not_allowed'], $call($keys->pluginToHost, 'first', 'GET'));
    Checks::same(false, in_array($call($keys->pluginToHost, 'first')[0], [401, 405, 503], true));
    Checks::same([401, 'replayed'], $call($keys->pluginToHost, 'first'));
});

$checks->that('listeners can be connected without end', function (): void {
    $host = installed();
    $before = $host->listeners();
    HostHooks::connectFirst($host->di);
    HostHooks::connect($host->di);
    Checks::same($before, $host->listeners());
});
