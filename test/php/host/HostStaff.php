<?php

declare(strict_types=1);

/** Staff, groups and rights of the stand-in host. A new member's password is told to everybody, as the host does. */
final class HostStaff
{
    public bool $isSuper = true;

    /** @var list<string> permissions of the staff member who is logged in, as module.key */
    public array $rights = [];

    /** @var list<HostGroup> */
    public array $groups = [];

    /** @var list<array<string, mixed>> what listeners were told */
    public array $told = [];

    /** @var array<int, object> */
    private array $members = [];

    public function __construct(private readonly PDO $pdo)
    {
    }

    public function isSuperAdministrator(): bool
    {
        return $this->isSuper;
    }

    public function hasPermission(mixed $member, string $module, ?string $key = null): bool
    {
        return in_array("{$module}.{$key}", $this->rights, true);
    }

    public function getAdminGroupRepository(): self
    {
        return $this;
    }

    public function getAdminGroupMemberRepository(): self
    {
        return $this;
    }

    public function findOneBy(array $by): ?HostGroup
    {
        return array_values(array_filter($this->groups, static fn ($group) => $group->name === $by['name']))[0] ?? null;
    }

    public function findById(int $id): ?HostGroup
    {
        return $this->groups[$id - 1] ?? null;
    }

    public function createGroup(string $name): int
    {
        $this->groups[] = new HostGroup(count($this->groups) + 1, $name);
        return count($this->groups);
    }

    public function updateGroup(HostGroup $group, array $data): bool
    {
        $group->permissions = $data['permissions'];
        return true;
    }

    public function create(array $data): int
    {
        $this->told[] = $data;
        $this->pdo->prepare('INSERT INTO admin (email) VALUES (?)')->execute([$data['email']]);
        $id = (int) $this->pdo->lastInsertId();
        $pass = 'hash of ' . hash('sha256', $data['password']);
        $this->members[$id] = (object) ['id' => $id, 'email' => $data['email'], 'status' => $data['status'],
            'pass' => $pass, 'api_token' => null, 'groups' => [$data['group_id']]];
        return $id;
    }

    public function findOne(string $type, string $where, array $values): ?object
    {
        foreach ($this->members as $member) {
            if ($member->email === $values[':email']) {
                return $member;
            }
        }
        return null;
    }

    public function store(object $member): void
    {
        $this->members[$member->id] = $member;
    }

    public function addAdminToGroup(object $member, HostGroup $group): bool
    {
        $member->groups = array_values(array_unique([...$member->groups, $group->id]));
        return true;
    }

    public function removeAdminFromGroup(object $member, HostGroup $group): bool
    {
        $member->groups = array_values(array_diff($member->groups, [$group->id]));
        return true;
    }

    public function findGroupsForAdmin(int $id): array
    {
        return array_map(fn (int $group) => $this->groups[$group - 1], $this->members[$id]->groups);
    }

    public function generateNewApiKey(object $member): bool
    {
        $member->api_token = 'token_' . bin2hex(random_bytes(12));
        $this->pdo->prepare('UPDATE admin SET api_token = ? WHERE id = ?')->execute([$member->api_token, $member->id]);
        return true;
    }

    public function invalidateSessions(string $type, int $id): bool
    {
        return true;
    }
}

final class HostGroup
{
    public array $permissions = [];

    public function __construct(public readonly int $id, public readonly string $name)
    {
    }

    public function getId(): int
    {
        return $this->id;
    }

    public function getPermissions(): array
    {
        return $this->permissions;
    }
}
