<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Moments in UTC: text outside ("2027-01-01T00:00:00Z"), milliseconds since 1970 inside. */
final class Moment
{
    private const FORM = '/^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?Z$/D';

    /** Milliseconds of a moment, or null for text of another form and for moments that do not exist. */
    public static function parse(string $text): ?int
    {
        if (preg_match(self::FORM, $text, $part) !== 1) {
            return null;
        }
        [, $year, $month, $day, $hour, $minute, $second] = array_map(intval(...), $part);
        $fraction = (int) str_pad($part[7] ?? '', 3, '0');
        $midnight = $hour === 24 && $minute === 0 && $second === 0 && $fraction === 0;
        // A 30 February counts as 2 March, as it does at the other end.
        if ($month < 1 || $month > 12 || $day < 1 || $day > 31) {
            return null;
        }
        if (($hour > 23 && !$midnight) || $minute > 59 || $second > 59) {
            return null;
        }
        // Not gmmktime: it takes the years 0 to 100 for years of our century.
        $seconds = (new \DateTimeImmutable('@0'))->setDate($year, $month, $day)->setTime($hour, $minute, $second);
        return $seconds->getTimestamp() * 1000 + $fraction;
    }

    /** A moment as text with its milliseconds: "2027-01-01T12:00:00.000Z". */
    public static function text(int $ms): string
    {
        $second = intdiv($ms - ($ms % 1000 + 1000) % 1000, 1000);
        return gmdate('Y-m-d\TH:i:s', $second) . sprintf('.%03dZ', $ms - $second * 1000);
    }

    /** The clock of this machine in UTC milliseconds. */
    public static function now(): int
    {
        return (int) floor(microtime(true) * 1000);
    }
}
