<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Ids in order of time (UUID version 7). */
final class Uuid7
{
    private static int $lastMs = -1;
    private static int $counter = 0;

    /**
     * Ids of one process sort in the order in which they were made, also within a millisecond.
     *
     * @param int $nowMs UTC milliseconds
     */
    public static function make(int $nowMs): string
    {
        if ($nowMs !== self::$lastMs) {
            self::$lastMs = $nowMs;
            // Its upper half stays free, so that a busy millisecond has room to count.
            self::$counter = random_int(0, 0x7ff);
        } else {
            self::$counter += 1;
        }
        // A counter that runs over goes on in the next millisecond.
        $ms = $nowMs + (self::$counter >> 12);
        $hex = sprintf('%012x7%03x', $ms, self::$counter & 0xfff);
        $hex .= dechex(random_int(8, 11)) . substr(bin2hex(random_bytes(8)), 1);
        $parts = [substr($hex, 0, 8), substr($hex, 8, 4), substr($hex, 12, 4), substr($hex, 16, 4), substr($hex, 20)];
        return implode('-', $parts);
    }
}
