<?php

declare(strict_types=1);

use Box\Mod\Reseller\Bridge\ContentHash;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PriceListUpdate;
use Box\Mod\Reseller\Bridge\Schema;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\Remembered;

/**
 * A FOSSBilling on SQLite: its tables as far as the module reads them, and its till, invoices and staff orders in the
 * order in which the real ones store rows and fire events (Cart/Service.php, Order/Service.php, Invoice/Service.php of
 * 0.8.5). The listeners are the module's own.
 */
final class TestHost
{
    private const TABLES = [
        'client (id INTEGER PRIMARY KEY, status, first_name, last_name, company, email, country, currency, created_at)',
        'client_order (id INTEGER PRIMARY KEY, client_id INTEGER, product_id INTEGER, group_id TEXT, group_master INTEGER,
            invoice_option, title, currency, unpaid_invoice_id INTEGER, service_type, period, quantity INTEGER, price REAL,
            discount REAL, status, notes, config, expires_at, activated_at, created_at, updated_at)',
        'client_order_meta (id INTEGER PRIMARY KEY, client_order_id INTEGER, name, value, created_at, updated_at)',
        'invoice (id INTEGER PRIMARY KEY, client_id INTEGER, serie, nr, currency, status, approved INTEGER, gateway_id,
            notes, due_at, paid_at, created_at, updated_at)',
        'invoice_item (id INTEGER PRIMARY KEY, invoice_id INTEGER, type, rel_id TEXT, task, title, quantity INTEGER, unit,
            price REAL, updated_at)',
        'product (id INTEGER PRIMARY KEY, type, title, slug, product_payment_id INTEGER)',
        'product_payment (id INTEGER PRIMARY KEY, type, m_price REAL, m_setup_price REAL)',
        'product_category (id INTEGER PRIMARY KEY, title)',
        'tld (id INTEGER PRIMARY KEY, tld, price_registration REAL, price_renew REAL)',
        'currency (id INTEGER PRIMARY KEY, code, is_default INTEGER, conversion_rate)',
        'cart (id INTEGER PRIMARY KEY, session_id, currency_id INTEGER, promo_id INTEGER)',
        'cart_product (id INTEGER PRIMARY KEY, cart_id INTEGER, product_id INTEGER, config)',
        'promo (id INTEGER PRIMARY KEY, code)',
        'setting (param, value)',
        'extension_meta (id INTEGER PRIMARY KEY, extension, rel_type, rel_id, meta_key, meta_value)',
        'support_ticket (id INTEGER PRIMARY KEY, client_id INTEGER, subject, status, rel_type, rel_id INTEGER, rel_task,
            created_at, updated_at)',
    ];

    public readonly PDO $pdo;
    public readonly PdoStore $store;
    public Pimple\Container $di;
    /** @var list<string> what the module logged */
    public array $logged = [];
    /** @var array<string, mixed> settings of the host's order module */
    public array $orderSettings = [];

    public function __construct()
    {
        $this->pdo = new CountingPdo('sqlite::memory:');
        foreach (self::TABLES as $table) {
            $this->pdo->exec("CREATE TABLE {$table}");
        }
        Schema::upgrade($this->pdo);
        $this->pdo->exec("INSERT INTO mod_reseller_state (name, value) VALUES ('version', '{\"module\":\"0.1.0\"}')");
        $this->add('currency', ['id' => 1, 'code' => 'USD', 'is_default' => 1, 'conversion_rate' => '1']);
        $this->add('currency', ['id' => 2, 'code' => 'EUR', 'is_default' => 0, 'conversion_rate' => '0.9']);
        foreach ([42 => 'USD', 43 => 'USD', 44 => 'EUR'] as $id => $currency) {
            $this->add('client', ['id' => $id, 'status' => 'active', 'first_name' => 'C', 'email' => 'c@example.com', 'currency' => $currency]);
        }
        $this->store = new PdoStore($this->pdo);
        $this->newRequest();
    }

    /** What a request keeps is forgotten; what is stored stays. */
    public function newRequest(): void
    {
        $this->di = new Pimple\Container();
        $this->di['pdo'] = $this->pdo;
        $this->di['logger'] = new class ($this->logged) {
            /** @param list<string> $logged */
            public function __construct(private array &$logged)
            {
            }

            public function setChannel(string $name): self
            {
                return $this;
            }

            public function error(string $message): void
            {
                $this->logged[] = $message;
            }
        };
        $this->di['mod_service'] = $this->di->protect(function (string $module): object {
            $service = match (strtolower($module)) {
                'product' => new Box\Mod\Product\Service(),
                'extension' => new class () {
                    public function isExtensionActive(): bool
                    {
                        return true;
                    }
                },
                'system', 'currency' => new HostWords(),
            };
            if (method_exists($service, 'setDi')) {
                $service->setDi($this->di);
            }
            return $service;
        });
        $this->di['mod_config'] = $this->di->protect(fn (string $module): array => $module === 'order' ? $this->orderSettings : []);
        $this->di['request'] = new class () {
            public function getClientIp(): string
            {
                return '10.0.0.7';
            }
        };
        $this->di['url'] = new HostWords();
        $this->pdo->statements = [];
    }

    /** @param array<string, mixed> $parameters */
    public function fire(string $event, array $parameters): void
    {
        ListeningService::$event(new Box_Event($this->di, $parameters, $event));
    }

    /** @param array<string, mixed> $row */
    public function add(string $table, array $row): string
    {
        $names = implode(', ', array_keys($row));
        $marks = implode(', ', array_fill(0, count($row), '?'));
        $this->pdo->prepare("INSERT INTO {$table} ({$names}) VALUES ({$marks})")->execute(array_values($row));
        return (string) $this->pdo->lastInsertId();
    }

    /** @return list<array<string, mixed>> */
    public function rows(string $sql): array
    {
        return $this->pdo->query($sql)->fetchAll(PDO::FETCH_ASSOC);
    }

    /**
     * The module has pulled a list that prices these products, for the clients named.
     *
     * @param array<array-key, array<string, mixed>> $chunks of the contract, by product
     * @param array<array-key, array<string, mixed>> $clients changes of an entry by client
     * @param array<string, mixed> $index changes of the index
     */
    public function pull(array $chunks, array $clients, array $index = []): void
    {
        $entries = [];
        $stored = [];
        foreach ($chunks as $product => $chunk) {
            $entries[] = ['product' => (string) $product, 'chunk' => $chunk['hash']];
            $stored[$chunk['hash']] = json_encode($chunk, JSON_THROW_ON_ERROR);
        }
        $page = ContentHash::ofPage(['entries' => $entries]);
        $list = ContentHash::ofList(['pages' => [$page]]);
        $lists = [['hash' => $list, 'validFrom' => '2020-01-01T00:00:00Z', 'validUntil' => null]];
        $named = [];
        foreach ($clients as $clientId => $changes) {
            $named[] = $changes + ['clientId' => (string) $clientId, 'resellerId' => "rs_{$clientId}", 'state' => 'active',
                'publicReason' => null, 'lists' => $lists];
        }
        $revision = 'sha256:' . hash('sha256', json_encode([$named, $index, $page]));
        $this->store->writeIndex(new PriceListUpdate($index + [
            'revision' => $revision,
            'programme' => 'on',
            'coupons' => 'refuse',
            'currencies' => [['code' => 'USD', 'digits' => 2], ['code' => 'EUR', 'digits' => 2], ['code' => 'JPY', 'digits' => 0]],
            'catalogueTax' => 'net',
            'setupPerQuantity' => false,
            'refuseAfterSeconds' => 604_800,
            'entries' => $named,
        ], Moment::now(), [$list => [$page]], [$page => $entries], $stored), $this->store->readHead()?->revision);
    }

    /** Whether the seam for native checkout is there, as the self-test would have found. */
    public function native(bool $holds): void
    {
        (new Remembered(Fossbilling::of($this->di)->sql))->write('native_checkout', $holds ? '0.8.5 holds' : '0.8.5 It is gone.');
        $this->newRequest();
    }

    /**
     * The till: what Cart\Service::checkoutCart does.
     *
     * @param list<array{product: int, config: array<string, mixed>}> $lines
     * @param (Closure(): void)|null $meanwhile what happens while the order is made
     * @return array{orders: list<string>, invoice: string, credit: bool} `credit`: account credit covers it
     */
    public function checkout(int $clientId, array $lines, ?int $promo = null, float $balance = 0.0, ?Closure $meanwhile = null): array
    {
        $client = $this->rows("SELECT * FROM client WHERE id = {$clientId}")[0];
        $currency = $this->rows("SELECT * FROM currency WHERE code = '{$client['currency']}'")[0];
        $cart = $this->add('cart', ['currency_id' => $currency['id'], 'promo_id' => $promo]);
        foreach ($lines as $line) {
            $this->add('cart_product', ['cart_id' => $cart, 'product_id' => $line['product'], 'config' => json_encode($line['config'])]);
        }
        $this->fire('onBeforeClientCheckout', ['ip' => '', 'client_id' => $clientId, 'cart_id' => $cart]);
        if ($meanwhile !== null) {
            $meanwhile();
        }
        $this->pdo->beginTransaction();
        try {
            [$orders, $items, $total] = $this->place($client, $currency, $cart, $lines);
            $invoice = $this->issue($clientId, (string) $currency['code'], $items);
            $this->pdo->commit();
        } catch (Throwable $error) {
            $this->pdo->rollBack();
            throw $error;
        }
        // The cart saves its stale copies once more.
        foreach ($orders as ['id' => $id, 'price' => $price]) {
            $this->pdo->prepare('UPDATE client_order SET price = ?, unpaid_invoice_id = ? WHERE id = ?')->execute([$price, $invoice, $id]);
        }
        $ids = array_map(strval(...), array_column($orders, 'id'));
        $this->fire('onAfterClientOrderCreate', ['ip' => '', 'client_id' => $clientId, 'id' => $ids[0]]);
        return ['orders' => $ids, 'invoice' => $invoice, 'credit' => $balance >= $total];
    }

    /** @param list<array<string, mixed>> $items */
    public function issue(int $clientId, string $currency, array $items): string
    {
        $now = date('Y-m-d H:i:s');
        $invoice = $this->add('invoice', ['client_id' => $clientId, 'serie' => 'FOSS', 'nr' => '1', 'currency' => $currency,
            'status' => 'unpaid', 'approved' => 0, 'created_at' => $now, 'due_at' => $now]);
        foreach ($items as $item) {
            $this->add('invoice_item', ['invoice_id' => $invoice] + $item);
        }
        $this->fire('onBeforeAdminInvoiceApprove', ['id' => $invoice, 'client_id' => $clientId]);
        $this->pdo->exec("UPDATE invoice SET approved = 1 WHERE id = {$invoice}");
        $this->fire('onAfterAdminInvoiceApprove', ['id' => $invoice, 'client_id' => $clientId]);
        return $invoice;
    }

    /** @return list<array{float, int, float}> unit price, quantity and amount of the lines */
    public function lines(string $invoice): array
    {
        $rows = $this->rows("SELECT price, quantity FROM invoice_item WHERE invoice_id = {$invoice} ORDER BY id");
        return array_map(static fn (array $row): array => [(float) $row['price'], (int) $row['quantity'], round($row['price'] * $row['quantity'], 2)], $rows);
    }

    public function total(string $invoice): string
    {
        return number_format(array_sum(array_column($this->lines($invoice), 2)), 2, '.', '');
    }

    public function price(string $order): string
    {
        return number_format((float) $this->rows("SELECT price FROM client_order WHERE id = {$order}")[0]['price'], 2, '.', '');
    }

    /** @return list<array<string, mixed>> */
    public function events(): array
    {
        return array_map(static fn (array $row): array => json_decode($row['json'], true), $this->rows('SELECT json FROM mod_reseller_outbox ORDER BY sequence'));
    }

    /**
     * @param array<string, mixed> $client
     * @param array<string, mixed> $currency
     * @param list<array{product: int, config: array<string, mixed>}> $lines
     * @return array{list<array{id: string, price: float}>, list<array<string, mixed>>, float}
     */
    private function place(array $client, array $currency, string $cart, array $lines): array
    {
        $products = $this->di['mod_service']('Product');
        [$orders, $items, $total] = [[], [], 0.0];
        foreach ($lines as $position => ['product' => $id, 'config' => $config]) {
            $product = $products->findProductById($id);
            $line = $products->getProductOrderLineConfig($product, $config);
            $price = $line['price'] * $currency['conversion_rate'];
            $title = "Product {$id}";
            $order = $this->add('client_order', ['client_id' => $client['id'], 'product_id' => $id, 'group_id' => $cart,
                'group_master' => $position === 0 ? 1 : 0, 'invoice_option' => 'issue-invoice', 'title' => $title,
                'currency' => $currency['code'], 'service_type' => $product->getType(), 'period' => $config['period'] ?? null,
                'quantity' => $line['quantity'], 'price' => round($price, 2), 'discount' => 0, 'status' => 'pending_setup',
                'config' => json_encode($config + ['product_id' => $id, 'setup_price' => $line['setup_price']]),
                'created_at' => date('Y-m-d H:i:s')]);
            $orders[] = ['id' => $order, 'price' => round($price, 2)];
            $items[] = ['type' => 'order', 'rel_id' => $order, 'task' => 'activate', 'title' => $title,
                'quantity' => $line['quantity'], 'unit' => 'product', 'price' => round($price, 2)];
            if ($line['setup_price'] > 0) {
                $items[] = ['type' => 'custom', 'rel_id' => null, 'task' => 'void', 'title' => "{$title} setup", 'quantity' => 1,
                    'unit' => 'service', 'price' => round($line['setup_price'] * $currency['conversion_rate'], 2)];
            }
            $total += $line['price'] * $line['quantity'] + $line['setup_price'];
        }
        return [$orders, $items, $total];
    }
}

/** Remembers what was asked of the database. */
final class CountingPdo extends PDO
{
    /** @var list<string> */
    public array $statements = [];

    public function prepare(string $query, array $options = []): PDOStatement|false
    {
        $this->statements[] = $query;
        return parent::prepare($query, $options);
    }

    /** @return list<string> those about our tables */
    public function ours(): array
    {
        return array_values(array_filter($this->statements, static fn (string $sql): bool => str_contains($sql, 'mod_reseller_')));
    }
}

/** Who is logged in. */
final readonly class TestSession
{
    public function __construct(private ?int $clientId)
    {
    }

    public function get(string $key): mixed
    {
        return $key === 'client_id' ? $this->clientId : null;
    }

    public function getId(): string
    {
        return 's1';
    }
}
