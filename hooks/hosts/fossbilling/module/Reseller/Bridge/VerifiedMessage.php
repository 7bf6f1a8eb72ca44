<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A message whose signature was right. */
final readonly class VerifiedMessage
{
    public function __construct(public string $id, public string $event, public int $timestampMs)
    {
    }
}
