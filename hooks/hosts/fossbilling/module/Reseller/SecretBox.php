<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

/**
 * Encrypts what lies in our table (AES-256-GCM). The key comes by HKDF from the host's own secret in config.php, so that
 * a copy of the database alone opens nothing. Each value is bound to the name of its row.
 */
final readonly class SecretBox
{
    private const CIPHER = 'aes-256-gcm';
    private const NONCE_BYTES = 12;
    private const TAG_BYTES = 16;
    private const PURPOSE = 'reseller-plugin state v1';

    /** @param string $hostSecret info.salt of config.php */
    public function __construct(#[\SensitiveParameter] private string $hostSecret)
    {
    }

    /** @throws \LengthException when the host has no secret */
    public function seal(string $name, #[\SensitiveParameter] string $plain): string
    {
        $nonce = random_bytes(self::NONCE_BYTES);
        $tag = '';
        $options = OPENSSL_RAW_DATA;
        $sealed = openssl_encrypt($plain, self::CIPHER, $this->key(), $options, $nonce, $tag, $name, self::TAG_BYTES);
        if ($sealed === false) {
            throw new \RuntimeException('This PHP cannot encrypt with AES-256-GCM.');
        }
        return base64_encode($nonce . $tag . $sealed);
    }

    /** Null when it was sealed for another row or with another secret, or was changed. */
    public function open(string $name, string $sealed): ?string
    {
        $bytes = base64_decode($sealed, true);
        if ($bytes === false || strlen($bytes) < self::NONCE_BYTES + self::TAG_BYTES) {
            return null;
        }
        $nonce = substr($bytes, 0, self::NONCE_BYTES);
        $tag = substr($bytes, self::NONCE_BYTES, self::TAG_BYTES);
        $text = substr($bytes, self::NONCE_BYTES + self::TAG_BYTES);
        $plain = openssl_decrypt($text, self::CIPHER, $this->key(), OPENSSL_RAW_DATA, $nonce, $tag, $name);
        return $plain === false ? null : $plain;
    }

    private function key(): string
    {
        if (strlen($this->hostSecret) < 16) {
            throw new \LengthException('config.php has no info.salt of at least 16 characters: keys cannot be kept.');
        }
        return hash_hkdf('sha256', $this->hostSecret, 32, self::PURPOSE);
    }

    /** @return array{} what a dump shows */
    public function __debugInfo(): array
    {
        return [];
    }
}
