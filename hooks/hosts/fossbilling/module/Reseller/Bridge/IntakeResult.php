<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What became of one delivered event. */
final readonly class IntakeResult
{
    /** @param string $outcome applied, duplicate, stale or parked */
    public function __construct(public string $id, public string $outcome, public ?string $message)
    {
    }
}
