<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * The secrets of one installation: a host's bridge and the plugin, paired. Each direction has its own ring, so that
 * neither end can answer its own messages, and screens have a third.
 */
final readonly class InstallationKeys
{
    public function __construct(
        public string $installation,
        public KeyRing $hostToPlugin,
        public KeyRing $pluginToHost,
        public KeyRing $session,
    ) {
        if (preg_match('/^[A-Za-z0-9_-]{4,80}$/D', $installation) !== 1) {
            throw new \InvalidArgumentException('An installation is named like ins_….');
        }
    }

    /**
     * From what `toStore` gave, or from a key file of the plugin.
     *
     * @param mixed $stored decoded JSON
     * @throws \InvalidArgumentException when it is something else; the message holds no secret
     */
    public static function of(#[\SensitiveParameter] mixed $stored): self
    {
        try {
            $fields = Fields::of($stored);
            return new self(
                $fields->text('installation'),
                self::ring($fields, 'hostToPlugin'),
                self::ring($fields, 'pluginToHost'),
                self::ring($fields, 'session'),
            );
        } catch (FieldFault $fault) {
            throw new \InvalidArgumentException("These are no installation keys: {$fault->getMessage()}.");
        }
    }

    /**
     * For the host's encrypted configuration only.
     *
     * @return array<string, mixed>
     */
    public function toStore(): array
    {
        $ring = static fn (KeyRing $ring): array => array_map(static fn (Key $key) => $key->toStore(), $ring->keys);
        return [
            'installation' => $this->installation,
            'hostToPlugin' => $ring($this->hostToPlugin),
            'pluginToHost' => $ring($this->pluginToHost),
            'session' => $ring($this->session),
        ];
    }

    private static function ring(#[\SensitiveParameter] Fields $fields, string $name): KeyRing
    {
        $keys = [];
        foreach ($fields->objects($name, 4) as $key) {
            $keys[] = Key::of($key->text('id'), $key->text('secret'));
        }
        return KeyRing::of(...$keys);
    }
}
