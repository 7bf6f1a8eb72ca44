<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The price locks of an order's lines (pricing rules 15 and 19): what each later term costs. */
final class Locks
{
    /**
     * Lines that do not renew have none. A domain is locked at its renewal, not at what registering or transferring it
     * costs.
     *
     * @param list<PricedLine> $lines of a wholesale verdict, or of orders.place
     * @param string|null $listHash of the order's stamp; null when a person pinned the amounts
     * @param list<string> $serviceIds the service of each line, in the order of the lines
     * @param int $nowMs the host's clock in UTC milliseconds
     * @param string $status pending until the service exists, else active
     * @return list<PriceLock>
     * @throws \InvalidArgumentException when there is not one service for each line: a service without its lock would
     *     be billed unguarded
     */
    public static function of(
        array $lines,
        ?string $listHash,
        string $clientId,
        string $currency,
        array $serviceIds,
        int $nowMs,
        string $status = 'pending',
    ): array {
        if (count($serviceIds) !== count($lines)) {
            throw new \InvalidArgumentException('Give one service id for each line.');
        }
        $locks = [];
        foreach ($lines as $position => $line) {
            if ($line->renewal === null) {
                continue;
            }
            $locks[] = new PriceLock(
                $serviceIds[$position],
                $clientId,
                $line->item->product,
                $line->item->term,
                $currency,
                (int) $line->item->quantity,
                $line->renewal,
                self::components($line, $line->renewal),
                $listHash,
                Moment::text($nowMs),
                $status,
            );
        }
        return $locks;
    }

    /**
     * Only domains renew at another component than the one that was bought.
     *
     * @return list<array{component: string, quantity: int, unit: string}>
     */
    private static function components(PricedLine $line, string $renewal): array
    {
        $action = $line->item->action ?? 'register';
        $isDomain = in_array($action, array_column($line->components, 'component'), true);
        if ($isDomain && $action !== 'renew') {
            return [['component' => 'renew', 'quantity' => 1, 'unit' => $renewal]];
        }
        return array_map(static fn (array $part): array => [
            'component' => $part['component'],
            'quantity' => $part['quantity'],
            'unit' => $part['unit'],
        ], $line->components);
    }
}
