<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The plugin could not be asked. The message is safe to show: it holds no address, body or key. */
final class PluginError extends \RuntimeException
{
    /** @param int|null $retryAfterSeconds the wait that the plugin asked for, when it did */
    public function __construct(
        public readonly PluginErrorCode $reason,
        ?string $message = null,
        public readonly ?int $retryAfterSeconds = null,
    ) {
        parent::__construct($message ?? $reason->about());
    }
}
