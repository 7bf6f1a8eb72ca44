<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

use Box\Mod\Reseller\Bridge\InstallationKeys;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PluginClient;
use Box\Mod\Reseller\Bridge\Schema;

/**
 * This installation of the module: its tables, keys and settings. One for each request; nothing is read from the
 * database before it is asked for, so that pages of visitors cost nothing.
 */
final class Installation
{
    /** As in manifest.json and package.json. A stored one that differs makes the tables be upgraded. */
    public const VERSION = '0.1.0';

    /** The module's name in the host. */
    public const MODULE = 'reseller';

    /** @var \WeakMap<\Pimple\Container, self>|null */
    private static ?\WeakMap $known = null;

    private ?State $state = null;
    private ?bool $active = null;
    private bool $keysRead = false;
    private ?InstallationKeys $keys = null;

    private function __construct(private readonly \Pimple\Container $di)
    {
    }

    public static function of(\Pimple\Container $di): self
    {
        self::$known ??= new \WeakMap();
        return self::$known[$di] ??= new self($di);
    }

    /** The connection of the host that its orders and invoices are written with. */
    public function pdo(): \PDO
    {
        return $this->di['pdo'];
    }

    public function store(): PdoStore
    {
        $this->state();
        return new PdoStore($this->pdo());
    }

    /** Null = not paired. */
    public function keys(): ?InstallationKeys
    {
        if (!$this->keysRead) {
            $stored = $this->state()->getSealed('keys');
            $this->keys = $stored === null ? null : InstallationKeys::of($stored);
            $this->keysRead = true;
        }
        return $this->keys;
    }

    /** True when there are keys that cannot be opened: config.php has another secret than when they were stored. */
    public function hasLostKeys(): bool
    {
        return $this->keys() === null && $this->state()->has('keys');
    }

    /** Address of the service, without a slash at its end; null = not paired. */
    public function serviceUrl(): ?string
    {
        $url = $this->keys() === null ? null : ($this->state()->get('service')['url'] ?? null);
        return is_string($url) ? $url : null;
    }

    /** Null = not paired. */
    public function pluginClient(): ?PluginClient
    {
        [$keys, $url] = [$this->keys(), $this->serviceUrl()];
        return $keys === null || $url === null ? null : new PluginClient($url, $keys, HostHttp::of($this->di));
    }

    public function settings(): Settings
    {
        return Settings::of($this->state()->get('settings'));
    }

    /** True while the module is activated in the host. Deactivated is a pause: everything stays. */
    public function isActive(): bool
    {
        return $this->active ??= (bool) $this->di['mod_service']('extension')->isExtensionActive('mod', self::MODULE);
    }

    /** Active and paired: our screens can be shown. */
    public function isReady(): bool
    {
        return $this->isActive() && $this->serviceUrl() !== null;
    }

    /** What the module remembers. Brings the tables up to date first, when new files were copied over old ones. */
    public function state(): State
    {
        if ($this->state === null) {
            $salt = (string) \FOSSBilling\Config::getProperty('info.salt');
            $this->state = new State($this->pdo(), new SecretBox($salt));
            if ($this->storedVersion() !== self::VERSION) {
                $this->upgrade();
            }
        }
        return $this->state;
    }

    /** Makes or upgrades tables and connects our listeners. May run any number of times. */
    public function upgrade(): void
    {
        // MySQL ends a transaction at the first CREATE: the next request does it.
        if ($this->pdo()->inTransaction()) {
            return;
        }
        Schema::upgrade($this->pdo());
        $state = $this->state();
        $state->put('version', ['module' => self::VERSION]);
        if ($this->isActive()) {
            HostHooks::connect($this->di);
        }
    }

    /** After keys were stored or forgotten. */
    public function keysChanged(): void
    {
        $this->keysRead = false;
        $this->keys = null;
    }

    private function storedVersion(): ?string
    {
        try {
            return $this->state?->get('version')['module'] ?? null;
        } catch (\PDOException) {
            // No table yet.
            return null;
        }
    }
}
