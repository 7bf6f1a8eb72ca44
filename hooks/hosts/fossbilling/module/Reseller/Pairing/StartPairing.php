<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Pairing;

use Box\Mod\Reseller\Bridge\Contract;
use Box\Mod\Reseller\Bridge\HttpAnswer;
use Box\Mod\Reseller\Bridge\InstallationKeys;
use Box\Mod\Reseller\Bridge\Json;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\HostHttp;
use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\PullPrices;

/**
 * The admin's side of a pairing: shows the code to the service, which calls back (AnswerChallenge) and then answers with
 * the keys. In a request of the admin only; never within a checkout or a transaction.
 */
final readonly class StartPairing
{
    /** The service waits 10 seconds for our answer to its call. */
    private const SECONDS = 25.0;

    private const MAX_BYTES = 65_536;

    /**
     * Pairs, or pairs again with new keys.
     *
     * @param string $address of the service
     * @param string $code as it was typed
     * @throws PairingError with what to do
     */
    public static function run(\Pimple\Container $di, string $address, #[\SensitiveParameter] string $code): void
    {
        $url = ServiceAddress::of($address, SYSTEM_URL);
        $typed = PairingCode::of($code);
        (new StaffAccount($di))->prepare();
        $installation = Installation::of($di);
        $state = $installation->state();
        $pending = PendingPairing::start($state, $typed, Moment::now());
        try {
            $paired = self::read(self::ask($di, $url, $pending));
        } finally {
            PendingPairing::forget($state);
        }
        $state->putSealed('keys', $paired['keys']->toStore());
        $state->put('service', ['url' => $url, 'version' => $paired['version'], 'pairedAtMs' => Moment::now()]);
        $state->forget('pull');
        $installation->keysChanged();
        if (!PullPrices::run($di)) {
            // A service that has only just met its host has no lists yet; it says when it has them. No error to show.
            $state->forget('pull');
        }
    }

    private static function ask(\Pimple\Container $di, string $url, PendingPairing $pending): HttpAnswer
    {
        $body = Json::canonical([
            'code' => $pending->code->reveal(),
            'nonce' => $pending->nonce,
            'host' => ['kind' => 'fossbilling', 'version' => \FOSSBilling\Version::VERSION, 'url' => SYSTEM_URL],
            'module' => ['version' => Installation::VERSION],
            'contracts' => [Contract::VERSION],
        ]);
        $headers = ['content-type' => 'application/json', 'accept' => 'application/json'];
        try {
            $http = HostHttp::of($di);
            return $http->send('POST', "{$url}/hooks/v1/pair", $headers, $body, self::SECONDS, self::MAX_BYTES);
        } catch (\Throwable) {
            throw new PairingError("Nothing answered at {$url}. Is the service running, and may this server reach it?");
        }
    }

    /** @return array{keys: InstallationKeys, version: string} */
    private static function read(HttpAnswer $answer): array
    {
        try {
            $content = Json::read($answer->body);
        } catch (\JsonException) {
            $content = null;
        }
        $content = is_array($content) ? $content : [];
        if ($answer->status !== 200) {
            throw new PairingError(self::words($content) ?? "The service answered {$answer->status}. "
                . 'Is this the address of the reseller service, and of nothing before it?');
        }
        $rings = is_array($content['keys'] ?? null) ? $content['keys'] : [];
        // One key of each direction: a ring of one.
        $stored = ['installation' => $content['installation'] ?? null]
            + array_map(static fn (mixed $key): array => [$key], $rings);
        try {
            $version = $content['service']['version'] ?? null;
            return ['keys' => InstallationKeys::of($stored), 'version' => is_string($version) ? $version : ''];
        } catch (\InvalidArgumentException) {
            throw new PairingError('The service answered with no keys. Update the older of service and module.');
        }
    }

    /**
     * The service's own message for the admin, as plain text.
     *
     * @param array<mixed> $content
     */
    private static function words(array $content): ?string
    {
        $message = $content['error']['message'] ?? null;
        preg_match('/^.{0,500}/us', is_string($message) ? $message : '', $cut);
        $plain = trim((string) preg_replace('/[\p{C}<>]+/u', ' ', $cut[0] ?? ''));
        return $plain === '' ? null : $plain;
    }
}
