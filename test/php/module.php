<?php

declare(strict_types=1);

// The module's own life, pairing and screens, on a stand-in host: php module.php <cases.json>, as export-module.ts makes it.

require __DIR__ . '/host/classes.php';
require __DIR__ . '/autoload.php';
require __DIR__ . '/host/HostStaff.php';
require __DIR__ . '/host/Host.php';
require __DIR__ . '/Checks.php';
require __DIR__ . '/module/support.php';

$checks = new Checks();
$cases = json_decode((string) file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR);

require __DIR__ . '/module/life.php';
require __DIR__ . '/module/pairing.php';
require __DIR__ . '/module/rights.php';

exit($checks->finish());
