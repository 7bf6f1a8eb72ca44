<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Do not commit; the message is for the buyer and says what to do. */
final readonly class RefusedVerdict
{
    /** @param int|null $line position of the line that is refused, from 0; null when it is the whole order */
    public function __construct(public RefusalCode $code, public string $message, public ?int $line = null)
    {
    }

    /** True when the same order may go through later without anybody changing it. */
    public function isRetryable(): bool
    {
        return $this->code->isRetryable();
    }
}
