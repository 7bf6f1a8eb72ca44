<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\AmountError;
use Box\Mod\Reseller\Bridge\FieldFault;
use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\Json;
use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\Patterns;
use Box\Mod\Reseller\Bridge\PricedLine;
use Box\Mod\Reseller\Bridge\PriceLock;

/**
 * What the host's row has no fields for, kept as JSON in the row's meta: the same note as the plugin writes and reads
 * (line-note.ts). Rows of the host's own shop get one with `place` null.
 */
final readonly class LineNote
{
    /** Meta key with the plugin's own reference of an order. */
    public const REFERENCE_KEY = 'reseller_ref';
    /** Meta key of the note. */
    public const KEY = 'reseller_line';

    private const VERSION = 1;

    /**
     * @param PricedLine $line what was ordered, at the pinned price
     * @param array{line: int, lines: int, first: ?string, addons: int}|null $place in an order of the plugin
     * @param array{listHash: string, at: string}|null $stamp the list that priced it; null when a person did
     * @param PriceLock|null $lock what renewals cost since somebody pinned it; null while it is what was ordered
     * @param array<string, mixed>|null $order customer and note, on the first row only
     */
    public function __construct(
        public PricedLine $line,
        public ?array $place,
        public ?array $stamp,
        public ?PriceLock $lock = null,
        public ?array $order = null,
    ) {
    }

    /** The note of a row, null when it has none or somebody spoiled it. */
    public static function read(?string $text, string $term, int $quantity): ?self
    {
        if ($text === null || $text === '') {
            return null;
        }
        try {
            $fields = Fields::of(Json::read($text));
            if ($fields->int('v', self::VERSION, self::VERSION) !== self::VERSION) {
                return null;
            }
            $unit = $fields->text('unitPrice', Patterns::AMOUNT);
            // The row itself says term and quantity; the price is what they make of the unit price.
            $line = ['term' => $term, 'quantity' => $quantity, 'price' => self::times($unit, $quantity)];
            return new self(
                PricedLine::read(Fields::of($line + Json::read($text))),
                self::place($fields),
                self::stamp($fields),
                $fields->isNull('lock') ? null : PriceLock::read($fields->object('lock')),
                self::order($fields),
            );
        } catch (\JsonException | FieldFault | AmountError) {
            return null;
        }
    }

    /** The same note with what renewals cost from here on. */
    public function withLock(PriceLock $lock): self
    {
        return new self($this->line, $this->place, $this->stamp, $lock, $this->order);
    }

    /** For the meta table, in ASCII: its columns hold no characters above U+FFFF. */
    public function write(): string
    {
        $line = array_diff_key($this->line->jsonSerialize(), ['price' => 0, 'quantity' => 0, 'term' => 0]);
        return Json::stored(['v' => self::VERSION] + $line + [
            'place' => $this->place,
            'stamp' => $this->stamp,
            'lock' => $this->lock,
            'order' => $this->order,
        ]);
    }

    /** An amount for one unit, for all of them, with as many digits as it had. */
    private static function times(string $unit, int $quantity): string
    {
        $point = strpos($unit, '.');
        $digits = $point === false ? 0 : strlen($unit) - $point - 1;
        return Money::format(Money::times(Money::stored($unit, $digits), $quantity), $digits);
    }

    /** @return array{line: int, lines: int, first: ?string, addons: int}|null */
    private static function place(Fields $fields): ?array
    {
        if ($fields->isNull('place')) {
            return null;
        }
        $place = $fields->object('place');
        return [
            'line' => $place->int('line', 0),
            'lines' => $place->int('lines', 1),
            'first' => $place->nullableText('first'),
            'addons' => $place->int('addons', 0),
        ];
    }

    /** @return array{listHash: string, at: string}|null */
    private static function stamp(Fields $fields): ?array
    {
        if ($fields->isNull('stamp')) {
            return null;
        }
        $stamp = $fields->object('stamp');
        return ['listHash' => $stamp->text('listHash', Patterns::HASH), 'at' => $stamp->moment('at')];
    }

    /** @return array{customer: array{name: string, reference: string}|null, note: ?string}|null */
    private static function order(Fields $fields): ?array
    {
        if ($fields->isNull('order')) {
            return null;
        }
        $order = $fields->object('order');
        $customer = $order->isNull('customer') ? null : $order->object('customer');
        return [
            'customer' => $customer === null
                ? null
                : ['name' => $customer->text('name'), 'reference' => $customer->text('reference')],
            'note' => $order->nullableText('note'),
        ];
    }
}
