<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Why a line cannot be priced. `path` is a JSON Pointer below the line ("/options/ram"), `message` says what to do. */
final readonly class Refusal
{
    public function __construct(public RefusalCode $code, public string $path, public string $message)
    {
    }

    /** A key as one step of a JSON Pointer (RFC 6901). */
    public static function step(string $key): string
    {
        return '/' . str_replace(['~', '/'], ['~0', '~1'], $key);
    }
}
