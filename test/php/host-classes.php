<?php

declare(strict_types=1);

// The host's products, as far as a till asks for their prices, and the module's listeners as the host finds them.

namespace Box\Mod\Product\Entity {
    class Product
    {
        /** @param array<string, mixed> $row */
        public function __construct(private readonly array $row)
        {
        }

        public function getId(): ?int
        {
            return (int) $this->row['id'];
        }

        public function getType(): ?string
        {
            return $this->row['type'];
        }
    }
}

namespace Box\Mod\Product {
    use Box\Mod\Product\Entity\Product;

    /** The host's own prices, from its own tables. */
    class Service
    {
        protected ?\Pimple\Container $di = null;

        public function setDi(\Pimple\Container $di): void
        {
            $this->di = $di;
        }

        public function findProductById(int $id): Product
        {
            $row = $this->di['pdo']->query("SELECT * FROM product WHERE id = {$id}")->fetch(\PDO::FETCH_ASSOC);
            return new Product($row ?: throw new \FOSSBilling\InformationException('Product not found'));
        }

        public function getProductPrice(Product $product, ?array $config = null): float|int|string
        {
            return $this->getProductOrderLineConfig($product, $config)['price'];
        }

        public function getProductSetupPrice(Product $product, ?array $config = null): float
        {
            return $this->getProductOrderLineConfig($product, $config)['setup_price'];
        }

        public function getProductOrderLineConfig(Product $product, ?array $config = null): array
        {
            $sql = 'SELECT y.* FROM product p JOIN product_payment y ON y.id = p.product_payment_id WHERE p.id = ?';
            $statement = $this->di['pdo']->prepare($sql);
            $statement->execute([$product->getId()]);
            $payment = $statement->fetch(\PDO::FETCH_ASSOC);
            return [
                'price' => (float) $payment['m_price'],
                'quantity' => max(1, (int) ($config['quantity'] ?? 1)),
                'setup_price' => (float) $payment['m_setup_price'],
            ];
        }

        public function getRelatedProductDiscount(Product $product, array $items, ?array $config = null): float
        {
            return 0.0;
        }
    }
}

namespace {
    /** What the host says of itself: its company, its default currency, and where its pages are. */
    final class HostWords
    {
        /** @return array{name: string} */
        public function getCompany(): array
        {
            return ['name' => 'Lab & Sons'];
        }

        public function getCurrencyRepository(): self
        {
            return $this;
        }

        public function findDefault(): self
        {
            return $this;
        }

        public function getCode(): string
        {
            return 'EUR';
        }

        public function link(string $page): string
        {
            return SYSTEM_URL . $page;
        }

        public function adminLink(string $page): string
        {
            return SYSTEM_URL . "staff-only/{$page}";
        }
    }

    /** The module's service as the host sees it, with the real listeners. */
    final class ListeningService
    {
        use \Box\Mod\Reseller\Listeners;
    }
}
