<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * Reads the fields of a JSON object by type, so that nothing of another form gets further. Unknown fields are ignored:
 * a newer end may send more. Every method throws FieldFault when the field is missing or does not fit.
 */
final readonly class Fields
{
    /** @param array<array-key, mixed> $values */
    private function __construct(private array $values, private string $path)
    {
    }

    /** @param mixed $value a JSON object, decoded into an array */
    public static function of(mixed $value, string $path = ''): self
    {
        if (!is_array($value)) {
            throw new FieldFault(($path === '' ? 'body' : $path) . ': this must be an object');
        }
        return new self($value, $path);
    }

    /** True when the field is there, null included. */
    public function has(string $name): bool
    {
        return array_key_exists($name, $this->values);
    }

    public function isNull(string $name): bool
    {
        return $this->get($name) === null;
    }

    /** @param string $pattern that the whole text matches; see Patterns */
    public function text(string $name, string $pattern = Patterns::ANY): string
    {
        $value = $this->get($name);
        if (!is_string($value)) {
            throw $this->fault($name, 'this must be text');
        }
        if (preg_match($pattern, $value) !== 1) {
            throw $this->fault($name, 'this text is not of its form');
        }
        return $value;
    }

    public function nullableText(string $name, string $pattern = Patterns::ANY): ?string
    {
        return $this->isNull($name) ? null : $this->text($name, $pattern);
    }

    /** An identifier of the host: text of 1 to 120 characters. */
    public function id(string $name): string
    {
        return $this->text($name, Patterns::ID);
    }

    /** A moment as it stands, e.g. "2027-01-01T00:00:00Z". */
    public function moment(string $name): string
    {
        $value = $this->text($name);
        if (Moment::parse($value) === null) {
            throw $this->fault($name, 'write a moment in UTC such as "2027-01-01T00:00:00Z"');
        }
        return $value;
    }

    public function nullableMoment(string $name): ?string
    {
        return $this->isNull($name) ? null : $this->moment($name);
    }

    /** @param list<string> $allowed */
    public function oneOf(string $name, array $allowed): string
    {
        $value = $this->text($name);
        if (!in_array($value, $allowed, true)) {
            throw $this->fault($name, 'this must be one of ' . implode(', ', $allowed));
        }
        return $value;
    }

    /** @param int|null $default the value of an absent field; null = it must be there */
    public function int(string $name, int $least, int $most = PHP_INT_MAX, ?int $default = null): int
    {
        if ($default !== null && !$this->has($name)) {
            return $default;
        }
        $value = WholeNumber::of($this->get($name));
        if ($value === null || $value < $least || $value > $most) {
            throw $this->fault($name, "this must be a whole number from {$least}" . self::upTo($most));
        }
        return $value;
    }

    public function nullableInt(string $name, int $least, int $most = PHP_INT_MAX): ?int
    {
        return $this->isNull($name) ? null : $this->int($name, $least, $most);
    }

    public function bool(string $name): bool
    {
        $value = $this->get($name);
        return is_bool($value) ? $value : throw $this->fault($name, 'this must be true or false');
    }

    public function object(string $name): self
    {
        return self::of($this->get($name), $this->pathOf($name));
    }

    /** @return list<self> the objects of an array */
    public function objects(string $name, int $most = PHP_INT_MAX): array
    {
        $objects = [];
        foreach ($this->list($name, $most) as $position => $value) {
            $objects[] = self::of($value, $this->pathOf($name) . ".{$position}");
        }
        return $objects;
    }

    /** @return list<string> the texts of an array */
    public function texts(string $name, string $pattern = Patterns::ANY, int $most = PHP_INT_MAX): array
    {
        $values = $this->list($name, $most);
        foreach ($values as $value) {
            if (!is_string($value) || preg_match($pattern, $value) !== 1) {
                throw $this->fault($name, 'each of these must be text of its form');
            }
        }
        return $values;
    }

    /** @return array<array-key, string|int|float|bool> a map of chosen options, by option id */
    public function scalars(string $name): array
    {
        $values = $this->object($name)->values;
        foreach ($values as $value) {
            if (!is_scalar($value)) {
                throw $this->fault($name, 'each of these must be text, a number, true or false');
            }
        }
        return $values;
    }

    /** @return list<mixed> */
    private function list(string $name, int $most): array
    {
        $value = $this->get($name);
        if (!is_array($value) || !array_is_list($value)) {
            throw $this->fault($name, 'this must be an array');
        }
        if (count($value) > $most) {
            throw $this->fault($name, "this has more than {$most} entries");
        }
        return $value;
    }

    private function get(string $name): mixed
    {
        return $this->has($name) ? $this->values[$name] : throw $this->fault($name, 'this is missing');
    }

    private function fault(string $name, string $rule): FieldFault
    {
        return new FieldFault($this->pathOf($name) . ": {$rule}");
    }

    private function pathOf(string $name): string
    {
        return $this->path === '' ? $name : "{$this->path}.{$name}";
    }

    private static function upTo(int $most): string
    {
        return $most === PHP_INT_MAX ? '' : " to {$most}";
    }
}
