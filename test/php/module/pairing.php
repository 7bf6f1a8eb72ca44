<?php

declare(strict_types=1);

// A part of module.php, in its scope: pairing.

use Box\Mod\Reseller\Api\Admin;
use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Pairing\AnswerChallenge;
use Box\Mod\Reseller\Pairing\PairingCode;
use Box\Mod\Reseller\Pairing\PairingError;
use Box\Mod\Reseller\Pairing\PendingPairing;
use Box\Mod\Reseller\Pairing\ServiceAddress;
use Box\Mod\Reseller\Pairing\StaffAccount;
use Box\Mod\Reseller\SignedCalls;
use Box\Mod\Reseller\Status;

$checks->that('pairing: code and nonce go out, keys come in, prices are pulled', function () use ($cases): void {
    $host = installed();
    $seen = [];
    reachable($host, $cases, $seen);
    Checks::same(true, api($host, 'reseller.manage_settings')->pair(['address' => ADDRESS, 'code' => TYPED]));
    [$method, $url, $body] = $seen[0];
    $sent = json_decode($body, true);
    Checks::same(['POST', 'http://127.0.0.1:4000/hooks/v1/pair', CODE], [$method, $url, $sent['code']]);
    Checks::same(['kind' => 'fossbilling', 'version' => '0.8.5', 'url' => SYSTEM_URL], $sent['host']);
    Checks::same([$cases['package'], 32], [$sent['module']['version'], strlen($sent['nonce'])]);
    $installation = Installation::of($host->di);
    Checks::same('http://127.0.0.1:4000', $installation->serviceUrl());
    Checks::same($cases['keys']['session'][0]['id'], $installation->keys()->session->newest()->id);
    Checks::same($cases['index']['revision'], $installation->store()->readHead()->revision);
    Checks::same(false, $installation->state()->has('pairing'));
    Checks::hasAll(['paired' => true, 'service_version' => '9.9.9', 'pull_error' => null, 'waiting' => 0], Status::of($host->di));
});

$checks->that('a service that has no lists yet at its pairing is no error', function () use ($cases): void {
    $host = installed();
    $seen = [];
    reachable($host, $cases, $seen);
    $answers = $host->web;
    $host->web = static fn (string $method, string $url, array $options): array =>
        str_ends_with($url, '/pair') ? $answers($method, $url, $options) : [503, '{}'];
    api($host, 'reseller.manage_settings')->pair(['address' => ADDRESS, 'code' => TYPED]);
    Checks::hasAll(['paired' => true, 'pulled_at' => null, 'confirmed_at' => null, 'pull_error' => null], Status::of($host->di));
});

$checks->that('the service gets one staff account with exactly these rights, whatever was there', function () use ($cases): void {
    $host = paired($cases);
    $member = $host->staff->findOne('Admin', '', [':email' => StaffAccount::EMAIL]);
    Checks::same([$cases['rights'] + ['reseller' => ['access']], 'active'], [
        array_map(array_keys(...), $host->staff->groups[0]->permissions),
        $member->status,
    ]);
    $first = $member->api_token;
    // The password that listeners were told is not the one that holds.
    Checks::same(false, $member->pass === 'hash of ' . hash('sha256', $host->staff->told[0]['password']));
    $host->staff->groups[0]->permissions = ['staff' => ['access' => true]];
    $host->staff->createGroup('Super Administrator');
    $member->groups[] = 2;
    $member->status = 'inactive';
    api($host, 'reseller.manage_settings')->pair(['address' => ADDRESS, 'code' => TYPED]);
    Checks::same([2, 1], [count($host->staff->groups), count($host->staff->told)]);
    Checks::same([StaffAccount::RIGHTS, [1], 'active'], [$host->staff->groups[0]->permissions, $member->groups, $member->status]);
    Checks::same(true, $member->api_token !== $first);
});

$checks->that('who is no super administrator hands out no staff account', function () use ($cases): void {
    $host = installed();
    $seen = [];
    reachable($host, $cases, $seen);
    $host->staff->isSuper = false;
    $pair = static fn () => api($host, 'reseller.manage_settings')->pair(['address' => ADDRESS, 'code' => TYPED]);
    $error = Checks::throws(FOSSBilling\InformationException::class, $pair);
    Checks::same([true, [], []], [str_contains($error->getMessage(), 'super administrator'), $seen, $host->staff->groups]);
});

$checks->that('a pairing that fails says why in plain text and leaves the old one as it is', function () use ($cases): void {
    $host = paired($cases);
    $try = static fn (string $address, string $code): string => Checks::throws(
        FOSSBilling\InformationException::class,
        static fn () => api($host, 'reseller.manage_settings')->pair(['address' => $address, 'code' => $code]),
    )->getMessage();
    Checks::same('This code is not valid.  b Get a new one /b', preg_replace('/ {3,}/', '  ', $try(ADDRESS, '0000-0000-0000-0000')));
    Checks::same(true, str_contains($try(ADDRESS, 'short'), 'Copy it again'));
    $host->web = static fn () => throw new RuntimeException('connect to 10.0.0.1 with ' . CODE);
    $message = $try(ADDRESS, TYPED);
    Checks::same([true, false], [str_contains($message, 'Nothing answered at http://127.0.0.1:4000.'), str_contains($message, CODE)]);
    $host->web = static fn () => [200, '{"installation":"ins_1234","keys":{"session":{"id":"x","secret":"whsec_x"}}}'];
    $message = $try(ADDRESS, TYPED);
    Checks::same([true, false], [str_contains($message, 'no keys'), str_contains($message, 'whsec')]);
    $host->web = static fn () => [502, '<html>proxy</html>'];
    Checks::same(true, str_contains($try(ADDRESS, TYPED), 'answered 502'));
    $installation = Installation::of($host->di);
    Checks::same([$cases['keys']['installation'], false], [$installation->keys()->installation, $installation->state()->has('pairing')]);
});

$checks->that('the call back is answered once, in time, and to who knows the code', function () use ($cases): void {
    $host = installed();
    (new StaffAccount($host->di))->prepare();
    $state = Installation::of($host->di)->state();
    $now = $cases['nowMs'];
    $code = PairingCode::of(CODE);
    $token = static fn () => $host->pdo->query('SELECT api_token FROM admin')->fetchColumn();

    $nonce = PendingPairing::start($state, $code, $now)->nonce;
    Checks::same(404, challenge($host, callBack(str_repeat('0', 32)), $now)->status);
    $answer = challenge($host, callBack($nonce), $now + 119_000);
    Checks::same([200, $token()], [$answer->status, json_decode($answer->body, true)['access']['token']]);
    Checks::same($code->proof('host', $nonce, str_repeat('c4', 16)), json_decode($answer->body, true)['proof']);
    $first = $token();
    Checks::same([404, $first], [challenge($host, callBack($nonce), $now)->status, $token()]);

    $nonce = PendingPairing::start($state, $code, $now)->nonce;
    Checks::same([404, $first], [challenge($host, callBack($nonce), $now + 120_000)->status, $token()]);

    $nonce = PendingPairing::start($state, $code, $now)->nonce;
    Checks::same(401, challenge($host, callBack($nonce, '0000000000000000'), $now)->status);
    // A wrong proof ended it: nobody may guess on.
    Checks::same([404, $first], [challenge($host, callBack($nonce), $now)->status, $token()]);

    foreach ([[], ['nonce' => 'x'] + callBack($nonce), ['proof' => ['a']] + callBack($nonce), str_repeat('x', 5000)] as $bad) {
        Checks::same(400, AnswerChallenge::answer($host->di, is_string($bad) ? $bad : json_encode($bad), $now)->status);
    }
});

$checks->that('of two requests for one pairing one is answered', function () use ($cases): void {
    $host = installed();
    (new StaffAccount($host->di))->prepare();
    $nonce = PendingPairing::start(Installation::of($host->di)->state(), PairingCode::of(CODE), $cases['nowMs'])->nonce;
    $other = new Pimple\Container($host->di->getArrayCopy());
    // Both have read the row before either takes it.
    Checks::same([true, true], [Installation::of($other)->state()->has('pairing'), Installation::of($host->di)->state()->has('pairing')]);
    $body = json_encode(callBack($nonce));
    $answers = array_map(static fn ($di) => AnswerChallenge::answer($di, $body, $cases['nowMs'])->status, [$other, $host->di]);
    Checks::same([200, 404], $answers);
});

$checks->that('addresses: https anywhere, http between private machines, nothing else', function (): void {
    $local = 'http://127.0.0.1:8080/';
    Checks::same('https://reseller.example.com/x', ServiceAddress::of(' https://reseller.example.com/x/ ', 'https://shop.example.com/'));
    Checks::same('http://10.1.2.3:3900', ServiceAddress::of('http://10.1.2.3:3900', $local));
    Checks::same('http://[::1]:3900', ServiceAddress::of('http://[::1]:3900', $local));
    $refused = [
        ['http://203.0.114.7', $local], ['http://10.1.2.3', 'http://203.0.114.7/'], ['ftp://10.1.2.3', $local],
        ['https://user:word@reseller.example.com', $local], ['https://reseller.example.com/?a=b', $local], ['', $local],
        ['//reseller.example.com', $local], ['javascript:alert(1)', $local],
    ];
    foreach ($refused as [$typed, $host]) {
        Checks::throws(PairingError::class, static fn () => ServiceAddress::of($typed, $host));
    }
});

$checks->that('unpairing forgets keys and ends the token; lists stay', function () use ($cases): void {
    $host = paired($cases);
    api($host, 'reseller.manage_settings')->unpair();
    $installation = Installation::of($host->di);
    Checks::same([null, null, null], [$installation->keys(), $installation->serviceUrl(), $installation->pluginClient()]);
    Checks::same(null, $host->pdo->query('SELECT api_token FROM admin')->fetchColumn());
    Checks::same($cases['index']['revision'], $installation->store()->readHead()->revision);
    $answer = SignedCalls::answer($host->di, 'POST', '/reseller/bridge/v1/describe', [], '{}', $cases['nowMs']);
    Checks::same([401, 'unknown_installation'], [$answer->status, json_decode($answer->body, true)['error']['code']]);
});
