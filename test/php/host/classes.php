<?php

declare(strict_types=1);

// What the module touches of the host, as stand-ins with the same names and shapes (FOSSBilling 0.8.5). No behaviour
// beyond what a test looks at.

namespace {
    define('SYSTEM_URL', 'http://127.0.0.1:8086/');

    function __trans(string $text, ?array $values = null): string
    {
        return strtr($text, $values ?? []);
    }

    class Box_Event
    {
        public function __construct(
            private readonly \Pimple\Container $di,
            private readonly array $parameters,
            private readonly string $name = '',
        ) {
        }

        public function getName(): string
        {
            return $this->name;
        }

        public function getDi(): \Pimple\Container
        {
            return $this->di;
        }

        public function getParameters(): array
        {
            return $this->parameters;
        }
    }
}

namespace Pimple {
    /** Entries are shared: a closure is called once, unless it is protected. */
    class Container extends \ArrayObject
    {
        private array $made = [];
        /** Of all containers: a test makes one from another for a second request. */
        private static array $protected = [];

        public function offsetGet(mixed $name): mixed
        {
            $entry = parent::offsetGet($name);
            $isValue = !$entry instanceof \Closure || in_array($entry, self::$protected, true);
            return $isValue ? $entry : $this->made[$name] ??= $entry($this);
        }

        public function raw(string $name): mixed
        {
            return parent::offsetGet($name);
        }

        public function protect(\Closure $function): \Closure
        {
            return self::$protected[] = $function;
        }
    }
}

namespace FOSSBilling {
    class InformationException extends \Exception
    {
        public function __construct(string $message, ?array $values = null, int $code = 0)
        {
            parent::__construct(strtr($message, $values ?? []), $code);
        }
    }

    class Config
    {
        public static string $salt = '0123456789abcdef0123456789abcdef';
        /** @var array<string, mixed> other properties by name */
        public static array $others = [];

        public static function getProperty(string $name, mixed $default = null): mixed
        {
            return $name === 'info.salt' ? self::$salt : self::$others[$name] ?? $default;
        }
    }

    class Version
    {
        public const VERSION = '0.8.5';
    }

    interface InjectionAwareInterface
    {
        public function setDi(\Pimple\Container $di): void;
    }
}

namespace Symfony\Component\HttpFoundation {
    class IpUtils
    {
        /** @param string[]|string $ips */
        public static function checkIp(string $requestIp, string|array $ips): bool
        {
            return in_array($requestIp, (array) $ips, true);
        }
    }
}

namespace FOSSBilling\Interfaces {
    interface WidgetProviderInterface
    {
        public function getWidgets(): array;
    }
}

namespace FOSSBilling\Api {
    class AbstractApi
    {
        public ?\Pimple\Container $di = null;
        public mixed $identity = null;

        public function getDi(): ?\Pimple\Container
        {
            return $this->di;
        }

        protected function checkPermissions(string $module, ?string $key = null): void
        {
            if (!$this->di['mod_service']('staff')->hasPermission($this->identity, $module, $key)) {
                throw new \FOSSBilling\InformationException("You need the \"{$module}.{$key}\" permission", null, 403);
            }
        }
    }
}
