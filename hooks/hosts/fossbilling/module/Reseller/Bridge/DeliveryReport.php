<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What a run of the outbox did. */
final class DeliveryReport
{
    public int $delivered = 0;
    public int $parked = 0;
    public int $failed = 0;
    /** Why the run ended early, in words without addresses or bodies. */
    public ?string $error = null;
    /** The plugin says that it was removed here: stop delivering until it is paired again. */
    public bool $gone = false;
}
