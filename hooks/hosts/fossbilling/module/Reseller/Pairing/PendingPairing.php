<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Pairing;

use Box\Mod\Reseller\State;

/** The one pairing under way: between the admin's request and the service's call back, which is another request. */
final readonly class PendingPairing
{
    /** Longer than the service may take to call back, far shorter than its code lives. */
    private const SECONDS = 120;

    private const ROW = 'pairing';

    private function __construct(public string $nonce, public PairingCode $code, private int $untilMs)
    {
    }

    /** Starts one; another that is under way ends. */
    public static function start(State $state, PairingCode $code, int $nowMs): self
    {
        $pending = new self(bin2hex(random_bytes(16)), $code, $nowMs + self::SECONDS * 1000);
        $state->putSealed(self::ROW, [
            'nonce' => $pending->nonce,
            'code' => $code->reveal(),
            'untilMs' => $pending->untilMs,
        ]);
        return $pending;
    }

    /** Takes the one of this nonce out: nobody gets it again. Null when there is none, or it is over. */
    public static function take(State $state, string $nonce, int $nowMs): ?self
    {
        $stored = $state->getSealed(self::ROW);
        if ($stored === null || !hash_equals((string) ($stored['nonce'] ?? ''), $nonce)) {
            return null;
        }
        $pending = new self($nonce, PairingCode::of((string) $stored['code']), (int) $stored['untilMs']);
        return $state->take(self::ROW) && $nowMs < $pending->untilMs ? $pending : null;
    }

    public static function forget(State $state): void
    {
        $state->forget(self::ROW);
    }
}
