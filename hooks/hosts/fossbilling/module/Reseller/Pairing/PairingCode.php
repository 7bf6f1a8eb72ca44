<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Pairing;

/** The one-time code that the service prints: 16 characters of Crockford's base 32 (80 bits). */
final readonly class PairingCode
{
    private function __construct(#[\SensitiveParameter] private string $text)
    {
    }

    /**
     * As a person types it: small letters, dashes and spaces, O for 0, I and L for 1.
     *
     * @throws PairingError
     */
    public static function of(#[\SensitiveParameter] string $typed): self
    {
        $text = strtr(strtoupper((string) preg_replace('/[\s-]+/', '', $typed)), ['O' => '0', 'I' => '1', 'L' => '1']);
        if (preg_match('/^[0-9A-HJKMNP-TV-Z]{16}$/D', $text) !== 1) {
            throw new PairingError('A code has 16 letters and digits, like ABCD-EFGH-JKMN-PQRS. Copy it again.');
        }
        return new self($text);
    }

    /** For the request to the service, and for the sealed row of a pairing under way. */
    public function reveal(): string
    {
        return $this->text;
    }

    /** What an end ("service" or "host") shows to prove that it knows the code; hex. */
    public function proof(string $end, string $nonce, string $challenge): string
    {
        return hash_hmac('sha256', "{$end}.{$nonce}.{$challenge}", $this->text);
    }

    /** @return array{} what a dump shows */
    public function __debugInfo(): array
    {
        return [];
    }
}
