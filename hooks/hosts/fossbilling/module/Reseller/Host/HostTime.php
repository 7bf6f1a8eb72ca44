<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

/** Moments of the host's tables: local time of its configured zone, to the second, without saying so. */
final class HostTime
{
    /** Text of a moment that nobody knows. */
    public const UNKNOWN = '1970-01-01T00:00:00Z';

    private const FORM = 'Y-m-d H:i:s';

    /** As the contract writes it, in UTC; null when there is none. */
    public static function moment(mixed $stored): ?string
    {
        if (!is_string($stored) || $stored === '' || str_starts_with($stored, '0000')) {
            return null;
        }
        try {
            // The host sets PHP's zone to the one it writes in.
            $local = new \DateTimeImmutable($stored, new \DateTimeZone(date_default_timezone_get()));
        } catch (\Exception) {
            return null;
        }
        return $local->setTimezone(new \DateTimeZone('UTC'))->format('Y-m-d\TH:i:s\Z');
    }

    /** A moment of the host's tables, for a comparison in SQL. */
    public static function stored(int $ms): string
    {
        return date(self::FORM, intdiv($ms, 1000));
    }

    /** The calendar day in the host's zone; null when there is none. */
    public static function day(mixed $stored): ?string
    {
        return self::moment($stored) === null ? null : substr((string) $stored, 0, 10);
    }
}
