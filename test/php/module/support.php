<?php

declare(strict_types=1);

// What the parts of module.php share: an installed and a paired module, and the service it is paired with.

use Box\Mod\Reseller\Api\Admin;
use Box\Mod\Reseller\Bridge\CallAnswer;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Pairing\AnswerChallenge;
use Box\Mod\Reseller\Service;

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
