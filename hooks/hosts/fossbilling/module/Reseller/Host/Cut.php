<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

/** Text of the host, no longer than the contract takes. */
final class Cut
{
    public static function to(int $most, ?string $text): string
    {
        $text ??= '';
        // Bytes that are no UTF-8 are replaced when the message is written; here they only must not become longer.
        return preg_match("/^.{0,{$most}}/us", $text, $part) === 1 ? $part[0] : substr($text, 0, $most);
    }
}
