<?php

declare(strict_types=1);

// As the host's Composer does it: Box\Mod\Reseller is the module's folder.
spl_autoload_register(static function (string $class): void {
    $prefix = 'Box\\Mod\\Reseller\\';
    if (str_starts_with($class, $prefix)) {
        $path = str_replace('\\', '/', substr($class, strlen($prefix)));
        $file = __DIR__ . "/../../hooks/hosts/fossbilling/module/Reseller/{$path}.php";
        if (is_file($file)) {
            require $file;
        }
    }
});
