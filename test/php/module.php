<?php

declare(strict_types=1);

// The module's own life, pairing and screens, on a stand-in host: php module.php <cases.json>, as export-module.ts makes it.

use Box\Mod\Reseller\Api\Admin;
use Box\Mod\Reseller\Bridge\CallAnswer;
use Box\Mod\Reseller\Bridge\Json;
use Box\Mod\Reseller\Bridge\KeyRing;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\Signature;
use Box\Mod\Reseller\HostHooks;
use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Pairing\AnswerChallenge;
use Box\Mod\Reseller\Pairing\PairingCode;
use Box\Mod\Reseller\Pairing\PairingError;
use Box\Mod\Reseller\Pairing\PendingPairing;
use Box\Mod\Reseller\Pairing\ServiceAddress;
use Box\Mod\Reseller\Pairing\StaffAccount;
use Box\Mod\Reseller\Screens\SessionTokens;
use Box\Mod\Reseller\Screens\StaffRights;
use Box\Mod\Reseller\Screens\Visitor;
use Box\Mod\Reseller\SecretBox;
use Box\Mod\Reseller\Service;
use Box\Mod\Reseller\SignedCalls;
use Box\Mod\Reseller\Status;

require __DIR__ . '/host/classes.php';
require __DIR__ . '/autoload.php';
require __DIR__ . '/host/HostStaff.php';
require __DIR__ . '/host/Host.php';
require __DIR__ . '/Checks.php';

$checks = new Checks();
$cases = json_decode((string) file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR);
const CODE = 'ABCDEFGH01234567';
const TYPED = 'abcd-efgh-oI23 4567';
const ADDRESS = 'http://127.0.0.1:4000/';

/** An installed and activated module. */
function installed(): Host
{
    $host = new Host();
    serviceOf($host)->install();
    Service::onAfterAdminActivateExtension(new Box_Event($host->di, ['id' => 7]));
    return $host;
}

function serviceOf(Host $host): Service
{
    $service = new Service();
    $service->setDi($host->di);
    return $service;
}

function api(Host $host, string ...$rights): Admin
{
    $host->staff->rights = $rights;
    $api = new Admin();
    $api->di = $host->di;
    return $api;
}

/** @return array{nonce: string, challenge: string, proof: string} what the service calls back with */
function callBack(string $nonce, string $code = CODE): array
{
    $challenge = str_repeat('c4', 16);
    return ['nonce' => $nonce, 'challenge' => $challenge, 'proof' => hash_hmac('sha256', "service.{$nonce}.{$challenge}", $code)];
}

function challenge(Host $host, array $body, ?int $nowMs = null): CallAnswer
{
    return AnswerChallenge::answer($host->di, json_encode($body), $nowMs ?? Moment::now());
}

/** A service that pairs and serves the price lists of the tests. `seen` gets every request. */
function reachable(Host $host, array $cases, array &$seen): void
{
    $newest = static fn (string $ring): array => $cases['keys'][$ring][0];
    $host->web = static function (string $method, string $url, array $options) use ($host, $cases, &$seen, $newest): array {
        $seen[] = [$method, $url, $options['body']];
        $path = substr($url, strlen('http://127.0.0.1:4000/hooks/v1/'));
        if ($path === 'pair') {
            $asked = json_decode($options['body'], true);
            if ($asked['code'] !== CODE) {
                return [401, '{"error":{"code":"wrong_code","message":"This code is not valid. <b>Get a new one</b>"}}'];
            }
            // Another request of the host, at the same time: another container on the same database.
            $answer = json_decode(challenge($host, callBack($asked['nonce']))->body, true);
            $expected = hash_hmac('sha256', "host.{$asked['nonce']}." . str_repeat('c4', 16), CODE);
            Checks::same($expected, $answer['proof']);
            return [200, json_encode([
                'contract' => '1',
                'installation' => $cases['keys']['installation'],
                'keys' => array_map($newest, array_combine(
                    ['hostToPlugin', 'pluginToHost', 'session'],
                    ['hostToPlugin', 'pluginToHost', 'session'],
                )),
                'service' => ['version' => '9.9.9'],
            ])];
        }
        $content = match (true) {
            $path === 'price-lists/index' => $cases['index'],
            str_starts_with($path, 'price-lists/lists/') => $cases['list'],
            str_starts_with($path, 'price-lists/pages/') => $cases['page'],
            default => ['chunks' => $cases['chunks']],
        };
        return [200, json_encode($content)];
    };
}

function paired(array $cases): Host
{
    $host = installed();
    $seen = [];
    reachable($host, $cases, $seen);
    api($host, 'reseller.manage_settings')->pair(['address' => ADDRESS, 'code' => TYPED]);
    return $host;
}

/** @return array<string, mixed> */
function claimsOf(CallAnswer $answer): array
{
    $token = json_decode($answer->body, true)['token'];
    return json_decode(base64_decode(strtr(explode('.', $token)[1], '-_', '+/')), true);
}

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

// Pairing

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

// Rights and screens

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

exit($checks->finish());
