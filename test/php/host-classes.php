<?php

declare(strict_types=1);

// The classes of FOSSBilling 0.8.5 that the module touches, as far as it touches them. Written for these tests.

namespace Pimple {
    /** Values by name; a protected function is handed out as it is and may be replaced. */
    class Container implements \ArrayAccess
    {
        /** @var array<string, mixed> */
        private array $values = [];
        /** @var \SplObjectStorage<\Closure, mixed> */
        private \SplObjectStorage $protected;

        public function __construct()
        {
            $this->protected = new \SplObjectStorage();
        }

        public function offsetSet(mixed $name, mixed $value): void
        {
            $this->values[$name] = $value;
        }

        public function offsetGet(mixed $name): mixed
        {
            $value = $this->raw($name);
            if ($value instanceof \Closure && !$this->protected->contains($value)) {
                return $this->values[$name] = $value($this);
            }
            return $value;
        }

        public function offsetExists(mixed $name): bool
        {
            return array_key_exists($name, $this->values);
        }

        public function offsetUnset(mixed $name): void
        {
            unset($this->values[$name]);
        }

        public function raw(string $name): mixed
        {
            return $this->values[$name] ?? throw new \InvalidArgumentException("No {$name} in the container.");
        }

        public function protect(\Closure $function): \Closure
        {
            $this->protected->attach($function);
            return $function;
        }
    }
}

namespace FOSSBilling {
    class InformationException extends \Exception
    {
    }

    final class Version
    {
        public const VERSION = '0.8.5';
    }

    final class Config
    {
        public static function getProperty(string $name, mixed $default = null): mixed
        {
            return $name === 'info.salt' ? 'salt of the tests' : $default;
        }
    }
}

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
    class Box_Event
    {
        /** @param array<string, mixed> $parameters */
        public function __construct(
            private readonly \Pimple\Container $di,
            private readonly string $name,
            private readonly array $parameters,
        ) {
        }

        public function getDi(): \Pimple\Container
        {
            return $this->di;
        }

        public function getName(): string
        {
            return $this->name;
        }

        /** @return array<string, mixed> */
        public function getParameters(): array
        {
            return $this->parameters;
        }
    }

    /** The module's service as the host sees it, with the real listeners. */
    final class ListeningService
    {
        use \Box\Mod\Reseller\Listeners;
    }
}
