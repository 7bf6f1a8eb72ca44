<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\Locks;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\OrderItem;
use Box\Mod\Reseller\Bridge\Patterns;
use Box\Mod\Reseller\Bridge\PriceLock;

/**
 * One row of client_order: a single product or add-on, a service and an order line of the contract at once. Rows that
 * were ordered together share a group; one of them is the master.
 */
final readonly class OrderRow
{
    /** `service_type` of a domain. */
    private const DOMAIN = 'domain';

    private const SERVICE_STATUS = [
        'pending_setup' => 'pending',
        'failed_setup' => 'setup_failed',
        'active' => 'active',
        'suspended' => 'suspended',
        'canceled' => 'cancelled',
    ];

    /** @param array<string, mixed> $config */
    private function __construct(
        public string $id,
        public string $clientId,
        public ?string $productId,
        public ?string $groupId,
        public bool $isMaster,
        public bool $renews,
        public string $title,
        public string $currency,
        public ?string $unpaidInvoiceId,
        public bool $isDomain,
        public ?string $period,
        public int $quantity,
        public mixed $price,
        public string $status,
        public ?string $notes,
        public array $config,
        public ?string $expiresAt,
        public ?string $activatedAt,
        public ?string $createdAt,
        public ?string $reference,
        public ?LineNote $note,
    ) {
    }

    /**
     * @param array<string, mixed> $row of client_order
     * @param array<string, string> $meta by name
     */
    public static function of(array $row, array $meta): self
    {
        $config = json_decode((string) ($row['config'] ?? ''), true);
        $period = self::text($row['period'] ?? null);
        $quantity = max(1, (int) ($row['quantity'] ?? 1));
        $reference = self::text($meta[LineNote::REFERENCE_KEY] ?? null);
        return new self(
            (string) $row['id'],
            (string) $row['client_id'],
            self::id($row['product_id'] ?? null),
            self::id($row['group_id'] ?? null),
            (bool) ($row['group_master'] ?? false),
            ($row['invoice_option'] ?? null) === 'issue-invoice',
            (string) ($row['title'] ?? ''),
            (string) $row['currency'],
            self::id($row['unpaid_invoice_id'] ?? null),
            ($row['service_type'] ?? null) === self::DOMAIN,
            $period,
            $quantity,
            $row['price'] ?? null,
            (string) $row['status'],
            self::text($row['notes'] ?? null),
            is_array($config) ? $config : [],
            HostTime::day($row['expires_at'] ?? null),
            HostTime::moment($row['activated_at'] ?? null),
            HostTime::moment($row['created_at'] ?? null),
            $reference !== null && preg_match(Patterns::UP_TO_120, $reference) === 1 ? $reference : null,
            LineNote::read($meta[LineNote::KEY] ?? null, self::termOf($period), $quantity),
        );
    }

    /** The same row with what was just written to it. */
    public function withNote(LineNote $note): self
    {
        return new self(...['note' => $note] + get_object_vars($this));
    }

    /** The billing term; anything that is no period is charged once. */
    public function term(): string
    {
        return self::termOf($this->period);
    }

    /** The contract's product: domains are sold by top level domain. */
    public function product(): string
    {
        $tld = $this->config['register_tld'] ?? $this->config['transfer_tld'] ?? $this->config['owndomain_tld'] ?? null;
        return $this->isDomain && is_string($tld) ? "domain:{$tld}" : $this->productId ?? 'none';
    }

    /** The domain or host name in the configuration, null when it has none. */
    public function domain(): ?string
    {
        foreach ([['register_sld', 'register_tld'], ['transfer_sld', 'transfer_tld'], ['sld', 'tld']] as [$name, $tld]) {
            if (is_string($this->config[$name] ?? null) && is_string($this->config[$tld] ?? null)) {
                return $this->config[$name] . $this->config[$tld];
            }
        }
        return is_string($this->config['hostname'] ?? null) ? $this->config['hostname'] : null;
    }

    /** What was bought, for the price list; null for a domain that the client only brings along. */
    public function item(): ?OrderItem
    {
        return SoldItem::of($this->product(), $this->isDomain, $this->config, $this->term(), $this->quantity, $this->domain());
    }

    public function digits(): int
    {
        return HostMoney::digits($this->currency);
    }

    /** Status as that of a service. `failed_renew` is a running service, or one that was renewed before it was set up. */
    public function serviceStatus(): string
    {
        if ($this->status === 'failed_renew') {
            return $this->activatedAt === null ? 'setup_failed' : 'active';
        }
        return self::SERVICE_STATUS[$this->status] ?? 'pending';
    }

    /** The host's cart leaves the product's id in the configuration of what it sold; staff and the plugin do not. */
    public function isFromShop(): bool
    {
        return $this->reference === null && array_key_exists('product_id', $this->config);
    }

    /** True while nothing of it ever ran. */
    public function isFresh(): bool
    {
        return $this->activatedAt === null && in_array($this->serviceStatus(), ['pending', 'setup_failed'], true);
    }

    /**
     * What renewals are locked at: what somebody pinned, else what was ordered. Null for a row that we did not price or
     * that does not renew.
     */
    public function lock(): ?PriceLock
    {
        if ($this->note === null) {
            return null;
        }
        $lock = $this->note->lock ?? Locks::of(
            [$this->note->line],
            $this->note->stamp['listHash'] ?? null,
            $this->clientId,
            $this->currency,
            [$this->id],
            (int) Moment::parse($this->createdAt ?? HostTime::UNKNOWN),
        )[0] ?? null;
        if ($lock === null) {
            return null;
        }
        return PriceLock::read(Fields::of(['status' => $this->lockStatus()] + $lock->jsonSerialize()));
    }

    public function lockStatus(): string
    {
        return match ($this->serviceStatus()) {
            'cancelled' => 'ended',
            'active', 'suspended' => 'active',
            default => 'pending',
        };
    }

    private static function termOf(?string $period): string
    {
        return $period !== null && preg_match('/^[1-9][0-9]{0,2}[DWMY]$/D', $period) === 1 ? $period : 'once';
    }

    private static function id(mixed $value): ?string
    {
        return $value === null || $value === '' || (is_numeric($value) && (float) $value === 0.0) ? null : (string) $value;
    }

    private static function text(mixed $value): ?string
    {
        return $value === null || $value === '' ? null : (string) $value;
    }
}
