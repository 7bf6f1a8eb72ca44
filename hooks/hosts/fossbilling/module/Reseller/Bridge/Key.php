<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** One shared secret of 32 bytes. `id` may be shown and logged; the secret never leaves signing functions. */
final readonly class Key
{
    private function __construct(public string $id, #[\SensitiveParameter] private string $secret)
    {
    }

    /**
     * @param string $id like key_…
     * @param string $secret like whsec_… (Standard Webhooks: base64 of the bytes)
     * @throws \InvalidArgumentException when one is of another form; the message holds neither
     */
    public static function of(string $id, #[\SensitiveParameter] string $secret): self
    {
        $known = preg_match('/^key_[A-Za-z0-9-]{4,60}$/D', $id) === 1
            && preg_match('/^whsec_[A-Za-z0-9+\/]{43}=$/D', $secret) === 1;
        if (!$known) {
            throw new \InvalidArgumentException('A key is key_… with a secret whsec_… of 32 bytes.');
        }
        return new self($id, $secret);
    }

    /** A new key of 32 random bytes. */
    public static function make(): self
    {
        $id = 'key_' . Uuid7::make(Moment::now());
        return new self($id, 'whsec_' . base64_encode(random_bytes(32)));
    }

    /** HMAC-SHA256 with this key, as bytes. */
    public function hmac(string $text): string
    {
        return hash_hmac('sha256', $text, (string) base64_decode(substr($this->secret, 6), true), true);
    }

    /**
     * For the host's encrypted configuration only.
     *
     * @return array{id: string, secret: string}
     */
    public function toStore(): array
    {
        return ['id' => $this->id, 'secret' => $this->secret];
    }

    /** @return array{id: string, secret: string} what a dump shows */
    public function __debugInfo(): array
    {
        return ['id' => $this->id, 'secret' => '…'];
    }
}
