<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** How an option is chosen. `required` of a quantity or flag is additive; a quantity with `min` above 0 is required. */
final readonly class OptionShape
{
    /**
     * @param string $type choice, quantity or flag
     * @param string $choice id of the choice, for type choice
     * @param int $min lowest quantity, for type quantity
     * @param int $max highest quantity, for type quantity
     */
    public function __construct(
        public string $id,
        public string $type,
        public bool $required = false,
        public string $choice = '',
        public int $min = 0,
        public int $max = 0,
    ) {
    }

    /** @param array<string, mixed> $option the option of a chunk's component */
    public static function of(array $option): self
    {
        return new self(
            $option['id'],
            $option['type'],
            $option['required'] ?? false,
            $option['choice'] ?? '',
            $option['min'] ?? 0,
            $option['max'] ?? 0,
        );
    }

    /** True when an order must say something about this option. */
    public function isRequired(): bool
    {
        return $this->required || ($this->type === 'quantity' && $this->min > 0);
    }

    /** The lowest quantity an order may give. */
    public function lowest(): int
    {
        return $this->required ? max(1, $this->min) : $this->min;
    }
}
