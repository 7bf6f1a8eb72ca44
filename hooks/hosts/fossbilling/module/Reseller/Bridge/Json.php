<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** JSON as it is sent and stored. */
final class Json
{
    private const DEPTH = 64;

    /**
     * As ECMAScript's JSON.stringify writes it: content hashes depend on every byte.
     *
     * @throws \JsonException for text that is not UTF-8
     */
    public static function canonical(mixed $value): string
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;
        return json_encode($value, $flags | JSON_THROW_ON_ERROR, self::DEPTH);
    }

    /** For messages. Bytes of a host that are no UTF-8 are replaced: one bad title must not stop an event for ever. */
    public static function message(mixed $value): string
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE;
        return json_encode($value, $flags | JSON_THROW_ON_ERROR, self::DEPTH);
    }

    /** For tables: ASCII only, so that it survives whatever character set the host's connection has. */
    public static function stored(mixed $value): string
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;
        return json_encode($value, $flags, self::DEPTH);
    }

    /**
     * Objects become arrays.
     *
     * @throws \JsonException when it is not JSON
     */
    public static function read(string $text): mixed
    {
        return json_decode($text, true, self::DEPTH, JSON_THROW_ON_ERROR);
    }

    /**
     * Objects stay objects, so that writing it again gives what was read: an empty object does not become an array.
     *
     * @throws \JsonException when it is not JSON
     */
    public static function readExactly(string $text): mixed
    {
        return json_decode($text, false, self::DEPTH, JSON_THROW_ON_ERROR);
    }
}
