<?php

declare(strict_types=1);

/** A host on SQLite with the tables and services that the module asks for. Notes what it was told. */
final class Host
{
    public readonly Pimple\Container $di;
    public readonly PDO $pdo;

    /** @var list<string> what the host wrote into its log */
    public array $log = [];
    public bool $isActive = true;
    public int $widgetRebuilds = 0;
    public HostStaff $staff;

    /** @var Closure(string, string, array<string, mixed>): array{int, string} answers requests: method, URL, options */
    public Closure $web;

    /** @var array<string, mixed> */
    public array $session = ['csrf_token' => 'csrf-of-the-session'];

    public function __construct()
    {
        $this->pdo = new PDO('sqlite::memory:', null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
        $this->pdo->exec('CREATE TABLE extension (id INTEGER PRIMARY KEY, type TEXT, name TEXT, status TEXT)');
        $this->pdo->exec("INSERT INTO extension VALUES (7, 'mod', 'reseller', 'installed'), (8, 'mod', 'news', 'installed')");
        $this->pdo->exec('CREATE TABLE extension_meta (id INTEGER PRIMARY KEY, extension TEXT, rel_type TEXT, rel_id TEXT,
            meta_key TEXT, meta_value TEXT, created_at TEXT, updated_at TEXT)');
        $this->pdo->exec('CREATE TABLE admin (id INTEGER PRIMARY KEY, email TEXT, api_token TEXT)');
        $this->staff = new HostStaff($this->pdo);
        $this->web = static fn (): array => [404, '{}'];
        $this->di = new Pimple\Container();
        $services = [
            'staff' => fn () => $this->staff,
            'profile' => fn () => $this->staff,
            'extension' => fn () => $this,
            'hook' => fn () => $this,
            'widgets' => fn () => $this,
        ];
        $this->di['pdo'] = $this->pdo;
        $this->di['db'] = $this->staff;
        $this->di['mod_service'] = $this->di->protect(static fn (string $name) => $services[strtolower($name)]());
        $this->di['password'] = new class () {
            public function hashIt(string $plain): string
            {
                return 'hash of ' . hash('sha256', $plain);
            }
        };
        $this->di['logger'] = $this;
        $this->di['http_client'] = $this;
        $this->di['session'] = $this;
    }

    public function isExtensionActive(): bool
    {
        return $this->isActive;
    }

    public function batchConnect(string $module): bool
    {
        // The host knows the listeners of an installed module only.
        $row = $this->pdo->query("SELECT status FROM extension WHERE name = '{$module}'")->fetchColumn();
        foreach ($row === 'installed' ? get_class_methods(Box\Mod\Reseller\Service::class) : [] as $method) {
            if (str_starts_with($method, 'on')) {
                $sql = "INSERT INTO extension_meta (extension, rel_type, rel_id, meta_key, meta_value)
                    SELECT 'mod_hook', 'mod', ?, 'listener', ? WHERE NOT EXISTS
                    (SELECT 1 FROM extension_meta WHERE rel_id = ? AND meta_value = ?)";
                $this->pdo->prepare($sql)->execute([$module, $method, $module, $method]);
            }
        }
        return true;
    }

    public function invalidateCache(): void
    {
        $this->widgetRebuilds += 1;
    }

    /** @return list<string> */
    public function listeners(): array
    {
        $sql = "SELECT meta_value FROM extension_meta WHERE extension = 'mod_hook' AND rel_id = 'reseller' ORDER BY 1";
        return $this->pdo->query($sql)->fetchAll(PDO::FETCH_COLUMN);
    }

    public function info(string $text): void
    {
        $this->log[] = $text;
    }

    public function error(string $text): void
    {
        $this->log[] = $text;
    }

    public function request(string $method, string $url, array $options): object
    {
        [$status, $body] = ($this->web)($method, $url, $options);
        return new class ($status, $body) {
            public function __construct(private readonly int $status, private readonly string $body)
            {
            }

            public function getStatusCode(): int
            {
                return $this->status;
            }

            public function getHeaders(): array
            {
                return ['content-type' => ['application/json']];
            }

            public function getContent(): string
            {
                return $this->body;
            }
        };
    }

    public function get(string $name): mixed
    {
        return $this->session[$name] ?? null;
    }

    public function getId(): string
    {
        return 'the-session-id';
    }

    /** Everything in every table of the module, as text. */
    public function dump(): string
    {
        $text = '';
        $tables = $this->pdo->query("SELECT name FROM sqlite_master WHERE type = 'table'")->fetchAll(PDO::FETCH_COLUMN);
        foreach ($tables as $table) {
            $text .= json_encode($this->pdo->query("SELECT * FROM {$table}")->fetchAll(PDO::FETCH_ASSOC));
        }
        return $text;
    }

    /** @return list<string> the module's tables */
    public function tables(): array
    {
        $sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'mod_reseller%' ORDER BY name";
        return $this->pdo->query($sql)->fetchAll(PDO::FETCH_COLUMN);
    }
}
