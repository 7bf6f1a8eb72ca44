<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Remembers which signed requests were served already. */
interface ReplayGuard
{
    /**
     * True the first time an id is shown, false ever after while its timestamp is still accepted.
     *
     * @param int $nowMs the real clock in UTC milliseconds
     */
    public function admit(string $id, int $timestampMs, int $nowMs): bool;
}
