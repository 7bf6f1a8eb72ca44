<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * The keys of one direction, newest first: 1 to 4. The first signs alone where only one signature fits; messages are
 * signed with all of them, and every key verifies, which is what makes a rotation without a pause possible.
 */
final readonly class KeyRing
{
    /** @param non-empty-list<Key> $keys */
    private function __construct(public array $keys)
    {
    }

    /** @throws \InvalidArgumentException for no key, or more than four */
    public static function of(Key ...$keys): self
    {
        if ($keys === [] || count($keys) > 4) {
            throw new \InvalidArgumentException('A key ring holds one to four keys.');
        }
        return new self(array_values($keys));
    }

    public function newest(): Key
    {
        return $this->keys[0];
    }

    /** A new key in front; the one before it still verifies, older ones end. Two rotations put a leaked key out of use. */
    public function rotated(): self
    {
        return self::of(Key::make(), $this->keys[0]);
    }
}
