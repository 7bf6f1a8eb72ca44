<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * What the renewals of one service cost (pricing rules 19 to 21). Written at commit into the host's own table and
 * mirrored to the plugin. One lock per service.
 */
final readonly class PriceLock implements \JsonSerializable
{
    /**
     * @param string $unitPrice recurring amount for one unit of the line, as decimal text
     * @param list<array{component: string, quantity: int, unit: string}> $components
     * @param string|null $listHash the list the amounts came from, null when a person pinned them
     * @param string $lockedAt moment by the host's clock
     * @param string $status pending, active, replaced or ended
     */
    public function __construct(
        public string $serviceId,
        public string $clientId,
        public string $product,
        public string $term,
        public string $currency,
        public int $quantity,
        public string $unitPrice,
        public array $components,
        public ?string $listHash,
        public string $lockedAt,
        public string $status,
    ) {
    }

    /** @throws FieldFault when it does not fit the contract */
    public static function read(Fields $lock): self
    {
        return new self(
            $lock->id('serviceId'),
            $lock->id('clientId'),
            $lock->id('product'),
            $lock->text('term', Patterns::TERM),
            $lock->text('currency', Patterns::CURRENCY),
            $lock->int('quantity', 1),
            $lock->text('unitPrice', Patterns::AMOUNT),
            array_map(static fn (Fields $part): array => [
                'component' => $part->text('component', Patterns::UP_TO_120),
                'quantity' => $part->int('quantity', 0),
                'unit' => $part->text('unit', Patterns::AMOUNT),
            ], $lock->objects('components', 200)),
            $lock->nullableText('listHash', Patterns::HASH),
            $lock->moment('lockedAt'),
            $lock->oneOf('status', ['pending', 'active', 'replaced', 'ended']),
        );
    }

    /** The same lock in another status, dated anew: a store replaces a lock by one that is not older. */
    public function withStatus(string $status, int $nowMs): self
    {
        return new self(
            $this->serviceId,
            $this->clientId,
            $this->product,
            $this->term,
            $this->currency,
            $this->quantity,
            $this->unitPrice,
            $this->components,
            $this->listHash,
            Moment::text($nowMs),
            $status,
        );
    }

    /** True while the service's renewals are to cost this. */
    public function holds(): bool
    {
        return $this->status === 'pending' || $this->status === 'active';
    }

    /** @return array<string, mixed> */
    public function jsonSerialize(): array
    {
        return get_object_vars($this);
    }
}
