<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** An event in the outbox. */
final readonly class OutboxEntry
{
    /**
     * @param int $sequence position in the outbox, the cursor of changes.read
     * @param int $attempts failed ones so far
     * @param string $id of the event
     * @param string $aggregate what the event is about, "type:id"
     * @param string $json the event as it is sent
     */
    public function __construct(
        public int $sequence,
        public int $attempts,
        public string $id,
        public string $aggregate,
        public string $json,
    ) {
    }
}
