<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What a pull did. */
final readonly class PullReport
{
    public function __construct(
        public bool $changed,
        public int $lists = 0,
        public int $pages = 0,
        public int $chunks = 0,
    ) {
    }
}
