<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What a service's first invoice may charge, in minor units: for one unit of the line, and setup for the whole line. */
final readonly class FreshPrice
{
    private function __construct(public ?int $unit, public ?int $setup)
    {
    }

    /**
     * From the priced line of the order where the host kept it; else from the list the order was priced with (the lock
     * names it) while the bridge still holds that, else from the list of now. Without a description the lock alone
     * still tells the setup, because it names components and quantities. Null = nobody can say.
     *
     * @throws AmountError when a stored amount cannot be reckoned with
     */
    public static function of(GuardContext $context, string $serviceId, ?PriceLock $lock): self
    {
        $item = ($context->describeService)($serviceId);
        $digits = $context->digits;
        if ($item instanceof PricedLine) {
            return new self(
                Money::minorUnits($item->unitPrice, $digits),
                Money::minorUnits($item->setup, $digits),
            );
        }
        $store = $context->store;
        $ordered = $lock?->listHash;
        $listHash = $ordered !== null && $store->hasList($ordered)
            ? $ordered
            : $context->entry->listAt($context->nowMs);
        if ($listHash === null) {
            return new self(null, null);
        }
        if ($item === null) {
            return new self(null, $lock === null ? null : self::setupOfLock($context, $listHash, $lock));
        }
        $line = PriceItem::price($store, $context->head, $listHash, $context->currency, $digits, $item);
        return $line instanceof PricedLine
            ? new self(Money::stored($line->unitPrice, $digits), Money::stored($line->setup, $digits))
            : new self(null, null);
    }

    private static function setupOfLock(GuardContext $context, string $listHash, PriceLock $lock): ?int
    {
        $chunk = $context->store->readChunk($listHash, $lock->product);
        if ($chunk === null) {
            return null;
        }
        foreach ($chunk->components as $component) {
            // A domain's lock names the renewal, whose setup is not what registering costs.
            if ($component->kind === 'domain') {
                return null;
            }
        }
        $cells = Lookup::cells($chunk->rows, $lock->term, $lock->currency, $context->digits);
        $setup = 0;
        foreach ($lock->components as $part) {
            $cell = $cells[$part['component']] ?? null;
            if ($cell === null) {
                return null;
            }
            $setup = Money::plus($setup, Money::times($cell->setup->wholesale ?? 0, $part['quantity']));
        }
        return $context->head->setupPerQuantity ? Money::times($setup, $lock->quantity) : $setup;
    }
}
