<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What is bought on one line, without prices. */
final readonly class OrderItem implements \JsonSerializable
{
    /**
     * @param string $term billing term: "once", or like "1M"
     * @param int|float $quantity units of the line; anything but a whole number from 1 is refused when it is priced
     * @param array<array-key, string|int|float|bool> $options by option id: a choice's id, a quantity, or yes/no
     * @param string|null $action register, renew or transfer, for domains only; register when it is left out
     * @param string|null $domain domain or host name the service is to have
     */
    public function __construct(
        public string $product,
        public string $term,
        public int|float $quantity,
        public array $options = [],
        public ?string $action = null,
        public ?string $domain = null,
    ) {
    }

    /** @throws FieldFault when it does not fit the contract */
    public static function read(Fields $line): self
    {
        return new self(
            $line->id('product'),
            $line->text('term', Patterns::TERM),
            $line->int('quantity', 1, 10_000),
            $line->scalars('options'),
            $line->has('action') ? $line->oneOf('action', ['register', 'renew', 'transfer']) : null,
            $line->has('domain') ? $line->text('domain', Patterns::UP_TO_253) : null,
        );
    }

    /** @return array<string, mixed> */
    public function jsonSerialize(): array
    {
        $line = [
            'product' => $this->product,
            'term' => $this->term,
            'quantity' => $this->quantity,
            // As an object also when it is empty or its keys are numbers: a PHP array would become a JSON array.
            'options' => (object) $this->options,
        ];
        if ($this->action !== null) {
            $line['action'] = $this->action;
        }
        if ($this->domain !== null) {
            $line['domain'] = $this->domain;
        }
        return $line;
    }
}
