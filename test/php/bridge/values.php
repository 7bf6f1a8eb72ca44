<?php

declare(strict_types=1);

// A part of bridge.php, in its scope: amounts, moments, ids and content hashes.

use Box\Mod\Reseller\Bridge\AmountError;
use Box\Mod\Reseller\Bridge\ContentHash;
use Box\Mod\Reseller\Bridge\Event;
use Box\Mod\Reseller\Bridge\FieldFault;
use Box\Mod\Reseller\Bridge\Guard;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\PriceListFormat;
use Box\Mod\Reseller\Bridge\Proration;
use Box\Mod\Reseller\Bridge\Rounding;

// Money -------------------------------------------------------------------------------------------------------------

foreach ($cases['money'] as $money) {
    $checks->that("money {$money['written']} at {$money['digits']}", function () use ($money): void {
        if ($money['minor'] === 'error') {
            Checks::throws(AmountError::class, fn () => Money::minorUnits($money['written'], $money['digits']));
            return;
        }
        $minor = Money::minorUnits($money['written'], $money['digits']);
        Checks::same($money['minor'], $minor === null ? null : (string) $minor);
        if ($minor !== null) {
            Checks::same($money['formatted'], Money::format($minor, $money['digits']));
        }
    });
}
$checks->that('sums that are too large are refused, not made floats', function (): void {
    Checks::throws(AmountError::class, fn () => Money::plus(PHP_INT_MAX, 1));
    Checks::throws(AmountError::class, fn () => Money::minus(-PHP_INT_MAX, 1));
    Checks::throws(AmountError::class, fn () => Money::times(intdiv(PHP_INT_MAX, 2), 3));
    Checks::same('-92233720368547758.08', Money::format(PHP_INT_MIN, 2));
});
$checks->that('divisions round half away from zero', function () use ($cases): void {
    foreach ($cases['divisions'] as $case) {
        Checks::same($case['quotient'], Rounding::divideHalfAway($case['amount'], $case['denominator']));
        $part = Rounding::part($case['amount'], $case['numerator'], $case['denominator']);
        Checks::same($case['part'], (string) $part);
    }
    Checks::same(PHP_INT_MAX, Rounding::part(PHP_INT_MAX, 10_000, 10_000));
});
$checks->that('generated lines pass the guard as in TypeScript', function () use ($cases): void {
    foreach ($cases['guards'] as $case) {
        $part = $case['prorated'] === null
            ? null
            : new Proration($case['prorated']['numerator'], $case['prorated']['denominator']);
        $verdict = Guard::line($case['unit'], $case['quantity'], $part, $case['lock'], $case['list']);
        $seen = array_filter((array) $verdict, static fn ($value): bool => $value !== null);
        Checks::hasAll(array_diff_key($case['verdict'], ['ok' => true]), $seen);
        Checks::same($case['verdict']['ok'], $verdict->reason === null);
    }
});

// Moments and ids ---------------------------------------------------------------------------------------------------

$checks->that('moments are read and written in milliseconds', function () use ($now): void {
    Checks::same('2027-01-01T12:00:00.000Z', Moment::text($now));
    Checks::same($now + 5, Moment::parse(Moment::text($now + 5)));
    Checks::same('1969-12-31T23:59:59.999Z', Moment::text(-1));
    $wanted = [
        '2027-02-30T00:00:00Z' => 1_803_945_600_000,
        '2027-01-01T24:00:00Z' => 1_798_848_000_000,
        '0000-01-01T00:00:00Z' => -62_167_219_200_000,
        '2027-01-01T00:00:00.5Z' => 1_798_761_600_500,
        '2027-01-01T24:00:01Z' => null,
        '2027-13-01T00:00:00Z' => null,
        '2027-01-32T00:00:00Z' => null,
        "2027-01-01T00:00:00Z\n" => null,
        '2027-01-01T00:00:00+01:00' => null,
    ];
    foreach ($wanted as $text => $ms) {
        Checks::same($ms, Moment::parse($text));
    }
});
$checks->that('events have ids of their own that sort by time', function () use ($now): void {
    $make = static fn (int $ms): string => Event::make('client.closed', 'client', '1', 1, [], $ms)->id;
    $ids = array_map($make, [...array_fill(0, 5000, $now), $now + 10]);
    $sorted = array_unique($ids);
    sort($sorted);
    Checks::same($ids, $sorted);
    Checks::same(1, preg_match('/^evt_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/D', $ids[0]));
    Checks::throws(InvalidArgumentException::class, fn () => Event::make('made.up', 'client', '1', 1, [], $now));
});

// Content hashes ----------------------------------------------------------------------------------------------------

foreach ($cases['hashes'] as $position => $case) {
    $checks->that("hash {$position} of a {$case['what']}", function () use ($case): void {
        $reversed = array_reverse($case['value'], true) + ['colour' => 'red'];
        $read = PriceListFormat::{$case['what']}($reversed);
        $computed = ContentHash::{'of' . ucfirst($case['what'])}($read);
        Checks::same($case['value'][$case['what'] === 'index' ? 'revision' : 'hash'], $computed);
    });
}
$checks->that('what is not of its form is refused', function () use ($cases): void {
    $chunk = $cases['chunks'][0];
    foreach (['product' => 7, 'rows' => null, 'components' => ['a' => 1], 'hash' => 'sha256:00', 'omitted' => [1]] as $name => $value) {
        Checks::throws(FieldFault::class, fn () => PriceListFormat::chunk([$name => $value] + $chunk));
    }
    Checks::throws(FieldFault::class, fn () => PriceListFormat::chunk(array_diff_key($chunk, ['rows' => 1])));
    foreach ([['wholesale' => '8,00'], ['wholesale' => "8.00\n"], ['wholesale' => 8], ['term' => '0M']] as $change) {
        $broken = array_merge($chunk, ['rows' => [array_merge($chunk['rows'][0], $change)]]);
        Checks::throws(FieldFault::class, fn () => PriceListFormat::chunk($broken));
    }
});
