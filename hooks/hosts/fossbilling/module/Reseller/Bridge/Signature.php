<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * Signed messages after Standard Webhooks: HMAC-SHA256 over `id.timestamp.payload`, in the header webhook-signature as
 * "v1,<base64>", several with spaces between. The payload is the raw body; of a request without body the signed path.
 */
final class Signature
{
    /** Seconds a message's timestamp may lie before or after the receiver's clock. */
    public const TOLERANCE_SECONDS = 300;

    /** Most signatures of one message that are looked at: a ring holds four keys. */
    private const MOST_SIGNATURES = 8;

    /** A full stop would make `id.timestamp.payload` ambiguous, and with it one signature good for two messages. */
    private const ID = '/^[A-Za-z0-9_-]{1,120}$/D';

    /**
     * The headers of a message. Every key of the ring signs, the newest first, so that a receiver which has not learnt
     * of a rotation yet still finds a signature it knows.
     *
     * @param string $id unique per message; letters, digits, minus and underscore
     * @param string $event name of the call or kind of message, for logs; not part of the signature
     * @param int $nowMs the sender's real clock in UTC milliseconds
     * @return array<string, string>
     */
    public static function headers(
        string $installation,
        KeyRing $ring,
        string $id,
        string $event,
        string $payload,
        int $nowMs,
    ): array {
        if (preg_match(self::ID, $id) !== 1) {
            throw new \InvalidArgumentException('A message id holds letters, digits, - and _ only.');
        }
        $timestamp = intdiv($nowMs, 1000);
        $signatures = array_map(
            static fn (Key $key): string => self::sign($key, $id, (string) $timestamp, $payload),
            $ring->keys,
        );
        return [
            'webhook-id' => $id,
            'webhook-timestamp' => (string) $timestamp,
            'webhook-signature' => implode(' ', $signatures),
            'x-reseller-installation' => $installation,
            'x-reseller-event' => $event,
            'x-reseller-contract' => Contract::VERSION,
        ];
    }

    /**
     * Checks in this order: installation, timestamp (± 300 s), signature by any key of the ring in constant time, what
     * the id begins with, contract version. Never throws.
     *
     * @param array<string, string> $headers names in lower case
     * @param int $nowMs the receiver's real clock in UTC milliseconds
     * @param string $idPrefix what the signed id must begin with: binds a call to its path (see `callPrefix`)
     */
    public static function verify(
        string $installation,
        KeyRing $ring,
        array $headers,
        string $payload,
        int $nowMs,
        string $idPrefix = '',
    ): VerifiedMessage|VerifyFailure {
        if (($headers['x-reseller-installation'] ?? null) !== $installation) {
            return VerifyFailure::UnknownInstallation;
        }
        $id = $headers['webhook-id'] ?? '';
        $timestamp = $headers['webhook-timestamp'] ?? '';
        if (preg_match(self::ID, $id) !== 1 || preg_match('/^[0-9]{1,12}$/D', $timestamp) !== 1) {
            return VerifyFailure::Unauthorised;
        }
        $age = intdiv($nowMs, 1000) - (int) $timestamp;
        if ($age > self::TOLERANCE_SECONDS) {
            return VerifyFailure::TooOld;
        }
        if ($age < -self::TOLERANCE_SECONDS) {
            return VerifyFailure::TooNew;
        }
        // The sender signed the number, not its spelling: leading zeros do not count.
        $signed = self::isSigned($ring, $headers['webhook-signature'] ?? '', $id, (string) (int) $timestamp, $payload);
        if (!$signed || !str_starts_with($id, $idPrefix)) {
            return VerifyFailure::Unauthorised;
        }
        if (!Contract::accepts($headers['x-reseller-contract'] ?? '')) {
            return VerifyFailure::UnknownContract;
        }
        return new VerifiedMessage($id, $headers['x-reseller-event'] ?? '', (int) $timestamp * 1000);
    }

    /**
     * What the id of a call begins with. The body of a call does not name the call, so its name is put into the signed
     * id: a request that was signed for one call is refused at another call's path.
     */
    public static function callPrefix(string $callName): string
    {
        return str_replace('.', '-', $callName) . '_';
    }

    /**
     * What is signed of a request without a body: its path from /hooks/v1/ or /bridge/v1/ on, with the query. What
     * stands before is left out, because a proxy may serve either end below a path of its own.
     */
    public static function path(string $url): string
    {
        $url = (string) preg_replace('~^[a-z][a-z0-9+.-]*://[^/?#]*~i', '', explode('#', $url, 2)[0]);
        [$path, $query] = explode('?', $url, 2) + [1 => ''];
        $hooks = strrpos($path, '/hooks/v1/');
        $bridge = strrpos($path, '/bridge/v1/');
        $path = substr($path, max((int) $hooks, (int) $bridge));
        return ($path === '' ? '/' : $path) . ($query === '' ? '' : "?{$query}");
    }

    private static function isSigned(
        KeyRing $ring,
        string $presented,
        string $id,
        string $timestamp,
        string $payload,
    ): bool {
        $signatures = array_slice(explode(' ', $presented), 0, self::MOST_SIGNATURES);
        $found = false;
        foreach ($ring->keys as $key) {
            $expected = self::sign($key, $id, $timestamp, $payload);
            foreach ($signatures as $signature) {
                // No early exit: the time taken tells nothing of which signature came near.
                $found = hash_equals($expected, $signature) || $found;
            }
        }
        return $found;
    }

    private static function sign(Key $key, string $id, string $timestamp, string $payload): string
    {
        return 'v1,' . base64_encode($key->hmac("{$id}.{$timestamp}.{$payload}"));
    }
}
