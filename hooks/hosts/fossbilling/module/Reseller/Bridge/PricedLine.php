<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A line with its pinned price. Amounts are decimal text with exactly the currency's digits. */
final readonly class PricedLine implements \JsonSerializable
{
    /**
     * @param string $unitPrice per term for one unit
     * @param string $price unitPrice × quantity
     * @param string $setup for the whole line
     * @param string|null $renewal what each later term costs for one unit, null for a line that does not renew
     * @param list<array{component: string, quantity: int, unit: string, amount: string}> $components for one unit
     */
    public function __construct(
        public OrderItem $item,
        public string $unitPrice,
        public string $price,
        public string $setup,
        public ?string $renewal,
        public array $components,
    ) {
    }

    /** @throws FieldFault when it does not fit the contract */
    public static function read(Fields $line): self
    {
        return new self(
            OrderItem::read($line),
            $line->text('unitPrice', Patterns::AMOUNT),
            $line->text('price', Patterns::AMOUNT),
            $line->text('setup', Patterns::AMOUNT),
            $line->nullableText('renewal', Patterns::AMOUNT),
            array_map(static fn (Fields $part): array => [
                'component' => $part->text('component', Patterns::UP_TO_120),
                'quantity' => $part->int('quantity', 0),
                'unit' => $part->text('unit', Patterns::AMOUNT),
                'amount' => $part->text('amount', Patterns::AMOUNT),
            ], $line->objects('components', 200)),
        );
    }

    /** Amounts in minor units, written with the currency's digits. */
    public static function of(OrderItem $item, PricedAmounts $amounts, int $digits): self
    {
        return new self(
            $item,
            Money::format($amounts->wholesale->unit, $digits),
            Money::format($amounts->wholesale->price, $digits),
            Money::format($amounts->wholesale->setup, $digits),
            $amounts->renewal === null ? null : Money::format($amounts->renewal, $digits),
            array_map(static fn (PricedPart $part): array => [
                'component' => $part->component,
                'quantity' => $part->quantity,
                'unit' => Money::format($part->unit, $digits),
                'amount' => Money::format($part->amount, $digits),
            ], $amounts->parts),
        );
    }

    /** The same line with another fee for setting it up. */
    public function withSetup(string $setup): self
    {
        return new self($this->item, $this->unitPrice, $this->price, $setup, $this->renewal, $this->components);
    }

    /** @return array<string, mixed> */
    public function jsonSerialize(): array
    {
        return $this->item->jsonSerialize() + [
            'unitPrice' => $this->unitPrice,
            'price' => $this->price,
            'setup' => $this->setup,
            'renewal' => $this->renewal,
            'components' => $this->components,
        ];
    }
}
