<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A call cannot be served. The message is shown to people: it holds no body, key or address. */
final class HostError extends \RuntimeException
{
    /** @param int|null $retryAfterSeconds the wait that is asked for */
    public function __construct(
        public readonly HostErrorCode $reason,
        string $message,
        public readonly ?int $retryAfterSeconds = null,
    ) {
        parent::__construct($message);
    }
}
