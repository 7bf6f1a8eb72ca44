<?php

declare(strict_types=1);

// A part of bridge.php, in its scope: signed calls, both ways.

use Box\Mod\Reseller\Bridge\CallableTransport;
use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\HostError;
use Box\Mod\Reseller\Bridge\HostErrorCode;
use Box\Mod\Reseller\Bridge\HttpAnswer;
use Box\Mod\Reseller\Bridge\InstallationKeys;
use Box\Mod\Reseller\Bridge\Key;
use Box\Mod\Reseller\Bridge\KeyRing;
use Box\Mod\Reseller\Bridge\PdoReplayGuard;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PluginClient;
use Box\Mod\Reseller\Bridge\PluginError;
use Box\Mod\Reseller\Bridge\PullPriceLists;
use Box\Mod\Reseller\Bridge\PullReport;
use Box\Mod\Reseller\Bridge\ServeCall;
use Box\Mod\Reseller\Bridge\Signature;
use Box\Mod\Reseller\Bridge\VerifyFailure;

// Signatures --------------------------------------------------------------------------------------------------------

foreach ($cases['calls'] as $call) {
    $checks->that("a call: {$call['why']}", function () use ($call, $keys, $now): void {
        $prefix = Signature::callPrefix($call['name']);
        $ring = $keys->pluginToHost;
        $outcome = Signature::verify($keys->installation, $ring, $call['headers'], $call['body'], $now, $prefix);
        Checks::same($call['wanted'], $outcome instanceof VerifyFailure ? $outcome->value : 'ok');
        $changed = Signature::verify($keys->installation, $ring, $call['headers'], "{$call['body']} ", $now, $prefix);
        Checks::same(true, $changed instanceof VerifyFailure);
    });
}
$checks->that('signed paths are as in TypeScript', function () use ($cases): void {
    foreach ($cases['paths'] as $case) {
        Checks::same($case['path'], Signature::path($case['url']));
    }
});
$checks->that('rings rotate without a pause, and a key ends with the second rotation', function () use ($now): void {
    $old = KeyRing::of(Key::make());
    $once = $old->rotated();
    $sign = static fn (KeyRing $ring): array => Signature::headers('ins_1', $ring, 'msg_1', 'test', 'body', $now);
    $is = static fn (KeyRing $by, KeyRing $at): bool => !Signature::verify('ins_1', $at, $sign($by), 'body', $now) instanceof VerifyFailure;
    Checks::same([true, true, true], [$is($old, $once), $is($once, $old), $is($once, $once)]);
    Checks::same(false, $is($old, $once->rotated()));
    Checks::throws(InvalidArgumentException::class, fn () => KeyRing::of());
    Checks::throws(InvalidArgumentException::class, fn () => Signature::headers('ins_1', $old, 'a.b', 'test', '', $now));
});
$checks->that('secrets stay out of dumps and errors', function () use ($cases, $keys): void {
    $secret = $cases['keys']['session'][0]['secret'];
    ob_start();
    var_dump($keys->session->newest());
    Checks::same(false, str_contains((string) ob_get_clean(), $secret));
    $error = Checks::throws(InvalidArgumentException::class, fn () => InstallationKeys::of(['installation' => $secret]));
    Checks::same(false, str_contains((string) $error, $secret));
    Checks::same($cases['keys'], plain($keys->toStore()));
});
$serve = static fn (array $handlers, ?Closure $onError = null): ServeCall => new ServeCall($keys, new PdoReplayGuard(pdo()), $handlers, $onError);
$answer = static function (ServeCall $serve, string $name, string $body = '{"clientId":"42"}', array $changes = []) use ($keys, $now): array {
    $id = $changes['id'] ?? Signature::callPrefix($name) . bin2hex(random_bytes(4));
    $headers = Signature::headers($keys->installation, $keys->pluginToHost, $id, $name, $body, $changes['atMs'] ?? $now);
    $headers = array_combine(array_map(ucwords(...), array_keys($headers)), $headers);
    $path = '/reseller/bridge/v1/' . ($changes['path'] ?? $name);
    $answer = $serve->answer($changes['method'] ?? 'POST', $path, $headers, $body, $changes['nowMs'] ?? $now);
    return [$answer->status, json_decode($answer->body, true)['error']['code'] ?? 'ok', $answer];
};
$credit = ['credit.read' => static fn (Fields $request): array => ['balance' => $request->id('clientId')]];
$checks->that('a signed call is answered, once', function () use ($serve, $answer, $credit, $now): void {
    $served = $serve($credit);
    [$status, , $first] = $answer($served, 'credit.read');
    Checks::same([200, '{"balance":"42"}', 'no-store'], [$status, $first->body, $first->headers['cache-control']]);
    $again = ['id' => 'credit-read_1', 'atMs' => $now + 300_000];
    Checks::same(200, $answer($served, 'credit.read', '{"clientId":"42"}', $again)[0]);
    Checks::same([401, 'replayed'], array_slice($answer($served, 'credit.read', '{"clientId":"42"}', $again), 0, 2));
    $later = $again + ['nowMs' => $now + 599_000];
    Checks::same([401, 'replayed'], array_slice($answer($served, 'credit.read', '{"clientId":"42"}', $later), 0, 2));
});
$checks->that('what cannot be served is refused with its code', function () use ($serve, $answer, $credit, $now): void {
    $wanted = [
        [405, 'method_not_allowed', 'credit.read', '', ['method' => 'GET']],
        [413, 'too_large', 'credit.read', str_repeat('x', 2_097_153), []],
        [400, 'bad_request', 'credit.read', "\xff", []],
        [400, 'bad_request', 'credit.read', '{', []],
        [400, 'bad_request', 'credit.read', '"text"', []],
        [400, 'bad_request', 'credit.read', '{}', []],
        [400, 'bad_request', 'credit.read', '{"clientId":42}', []],
        [401, 'unauthorised', 'credit.read', '{}', ['path' => 'orders.cancel']],
        [401, 'too_old', 'credit.read', '{}', ['atMs' => $now - 301_000]],
        [404, 'not_found', 'nothing', '{}', []],
        [404, 'not_found', '__construct', '{}', []],
        [501, 'not_supported', 'orders.find', '{}', []],
    ];
    foreach ($wanted as [$status, $code, $name, $body, $changes]) {
        Checks::same([$status, $code], array_slice($answer($serve($credit), $name, $body, $changes), 0, 2));
    }
    $unsigned = $serve($credit)->answer('POST', '/bridge/v1/nothing', [], '{}', $now);
    Checks::same([401, true], [$unsigned->status, str_contains($unsigned->body, 'unknown_installation')]);
});
$checks->that('errors of handlers say no more than they should', function () use ($serve, $answer): void {
    $told = [];
    $served = $serve([
        'orders.find' => static fn () => throw new HostError(HostErrorCode::Conflict, 'It is cancelled.', 7),
        'orders.place' => static fn () => throw new RuntimeException('password in SQL'),
    ], static function (string $reference, string $call, Throwable $error) use (&$told): void {
        $told = [$reference, $call, $error->getMessage()];
    });
    [$status, $code, $conflict] = $answer($served, 'orders.find');
    Checks::same([409, 'conflict', '7'], [$status, $code, $conflict->headers['retry-after']]);
    [$status, $code, $broken] = $answer($served, 'orders.place');
    Checks::same([500, 'internal', false], [$status, $code, str_contains($broken->body, 'password')]);
    Checks::same(['orders.place', 'password in SQL'], array_slice($told, 1));
    Checks::same(true, str_contains($broken->body, $told[0]));
});

// The plugin over HTTP ----------------------------------------------------------------------------------------------

$requests = [];
$client = static function (HttpAnswer|Throwable ...$answers) use ($keys, $now, &$requests): PluginClient {
    $http = new CallableTransport(static function (string $method, string $url, array $headers, ?string $body) use (&$answers, &$requests): HttpAnswer {
        $requests[] = ['method' => $method, 'url' => $url, 'headers' => $headers, 'body' => $body];
        $answer = array_shift($answers);
        return $answer instanceof Throwable ? throw $answer : $answer;
    });
    return new PluginClient('https://plugin.test/base/', $keys, $http, 10.0, 1_000_000, static fn (): int => $now);
};
$json = static fn (mixed $value, int $status = 200, array $headers = []): HttpAnswer => new HttpAnswer($status, $headers, json_encode($value));
$checks->that('price lists are pulled over HTTP', function () use ($client, $json, $cases, $now): void {
    $plugin = $client($json($cases['index']), $json($cases['list']), $json($cases['page']), $json(['chunks' => $cases['chunks']]), new HttpAnswer(304, [], ''));
    $store = new PdoStore(pdo());
    Checks::same(plain(new PullReport(true, 1, 1, 3)), plain(PullPriceLists::run($store, $plugin, $now)));
    Checks::same(plain(new PullReport(false)), plain(PullPriceLists::run($store, $plugin, $now)));
});
$checks->that('events are sent as they were written', function () use ($client, $json, $event, &$requests): void {
    $sent = $event('a', 1);
    $results = $client($json(['results' => [['id' => $sent->id, 'outcome' => 'parked', 'message' => 'No.']]]))->sendEvents([$sent->json]);
    Checks::same([$sent->id, 'parked', 'No.'], array_values((array) $results[0]));
    Checks::same("{\"events\":[{$sent->json}]}", end($requests)['body']);
});
$checks->that('every failure of HTTP has its code', function () use ($client, $json, $now): void {
    $error = static fn (int $status): HttpAnswer => $json(['error' => ['code' => 'x', 'message' => 'Words.']], $status, ['Retry-After' => ['30']]);
    $wanted = [
        'unreachable' => new RuntimeException('connect to 10.0.0.1 failed'),
        'unauthorised' => $error(401),
        'not_found' => $error(404),
        'conflict' => $error(409),
        'gone' => $error(410),
        'refused' => $error(422),
        'rate_limited' => $error(429),
        'unavailable' => $error(503),
    ];
    foreach ($wanted as $code => $answer) {
        $thrown = Checks::throws(PluginError::class, fn () => $client($answer)->pullList('sha256:0'));
        Checks::same($code, $thrown->reason->value);
        Checks::same($code === 'unreachable' ? null : 30, $thrown->retryAfterSeconds);
        Checks::same($code === 'unreachable' ? 'The plugin did not answer in time.' : 'Words.', $thrown->getMessage());
    }
    foreach (['no json', '{"hash":1}', "\xff", '{"results":[{}]}', str_repeat(' ', 1_000_001), ''] as $body) {
        $thrown = Checks::throws(PluginError::class, fn () => $client(new HttpAnswer(200, [], $body))->pullList('sha256:0'));
        Checks::same('bad_answer', $thrown->reason->value);
    }
    $moved = Checks::throws(PluginError::class, fn () => $client(new HttpAnswer(302, [], ''))->pullIndex(null));
    Checks::same('bad_answer', $moved->reason->value);
    $later = new HttpAnswer(503, ['retry-after' => gmdate(DATE_RFC7231, intdiv($now, 1000) + 45)], '');
    Checks::same(45, Checks::throws(PluginError::class, fn () => $client($later)->pullIndex(null))->retryAfterSeconds);
});
