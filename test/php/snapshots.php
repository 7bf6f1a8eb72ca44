<?php

declare(strict_types=1);

// The module sees in the host's tables the very objects that the host port sees over the API:
// php snapshots.php <snapshots.json>, as export-snapshots.ts makes it.

use Box\Mod\Reseller\Host\Fossbilling;

require __DIR__ . '/autoload.php';
require __DIR__ . '/Checks.php';
require __DIR__ . '/host/classes.php';
require __DIR__ . '/host-classes.php';
require __DIR__ . '/TestHost.php';

$cases = json_decode((string) file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR);
$checks = new Checks();
$test = new TestHost();
foreach ($cases['tables'] as $table => $rows) {
    $test->pdo->exec("DELETE FROM {$table}");
    foreach ($rows as $row) {
        $test->add($table, $row);
    }
}
$host = Fossbilling::of($test->di);
$look = [
    'orders' => static fn (string $id) => $host->order($host->rows->find($id)),
    'services' => static fn (string $id) => $host->service($host->rows->find($id)),
    'invoices' => static fn (string $id) => $host->invoices->find($id),
    'clients' => static fn (string $id) => $host->client($id),
];

/** Names in one order: the objects are compared, not how they are written. */
function sorted(mixed $value): mixed
{
    if (is_array($value)) {
        $value = array_map(sorted(...), $value);
        if (!array_is_list($value)) {
            ksort($value);
        }
    }
    return $value;
}

foreach ($cases['expect'] as $kind => $objects) {
    $checks->that("there are {$kind}", static fn () => Checks::same(true, count($objects) >= 3));
    foreach ($objects as $wanted) {
        $checks->that("{$kind} {$wanted['id']}", static function () use ($look, $kind, $wanted): void {
            $seen = json_decode(json_encode($look[$kind]($wanted['id']), JSON_THROW_ON_ERROR), true);
            Checks::same(sorted($wanted), sorted($seen));
        });
    }
}
exit($checks->finish());
