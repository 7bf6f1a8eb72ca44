<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\HostError;
use Box\Mod\Reseller\Bridge\HostErrorCode;
use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\Patterns;
use Box\Mod\Reseller\Bridge\Sql;

/**
 * What the whole host took in per day and currency: net of tax, paid invoices less refunds by credit note or negative
 * invoice, top-ups of account credit left out. The same as income.ts reads over the API, in one query.
 */
final readonly class Income
{
    public function __construct(private Sql $sql)
    {
    }

    /** @return array<string, mixed> */
    public function read(Fields $request): array
    {
        [$from, $until] = [$request->text('from', Patterns::DAY), $request->text('until', Patterns::DAY)];
        if (strcmp($from, $until) > 0) {
            throw new HostError(HostErrorCode::BadRequest, 'The first day is after the last.');
        }
        // The host writes its moments in the zone that it bills in, so its days are those that are asked for.
        $rows = $this->sql->rows(
            "SELECT SUBSTR(i.paid_at, 1, 10) AS day, i.currency, l.price,
                SUM(CASE WHEN l.quantity >= 1 THEN l.quantity ELSE 1 END) AS units
            FROM invoice i LEFT JOIN invoice_item l ON l.invoice_id = i.id AND (l.type IS NULL OR l.type <> 'deposit')
            WHERE i.status IN ('paid', 'refunded') AND i.paid_at >= ? AND i.paid_at < ?
            GROUP BY SUBSTR(i.paid_at, 1, 10), i.currency, l.price
            ORDER BY SUBSTR(i.paid_at, 1, 10), i.currency",
            ["{$from} 00:00:00", "{$until} 00:00:00"],
        );
        $days = [];
        foreach ($rows as $row) {
            $digits = HostMoney::digits((string) $row['currency']);
            $key = "{$row['day']} {$row['currency']}";
            $days[$key] ??= ['day' => $row['day'], 'currency' => $row['currency'], 'digits' => $digits, 'minor' => 0];
            $sum = Money::times(HostMoney::minor($row['price'], $digits), (int) $row['units']);
            $days[$key]['minor'] = Money::plus($days[$key]['minor'], $sum);
        }
        return ['tax' => 'net', 'days' => array_map(static fn (array $day): array => [
            'day' => $day['day'],
            'currency' => $day['currency'],
            'digits' => $day['digits'],
            'amount' => Money::format($day['minor'], $day['digits']),
        ], array_values($days))];
    }
}
