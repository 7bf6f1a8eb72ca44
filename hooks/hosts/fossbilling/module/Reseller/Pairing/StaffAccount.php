<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Pairing;

use Box\Mod\Reseller\Bridge\Sql;
use Box\Mod\Reseller\Installation;
use FOSSBilling\InformationException;

/**
 * The service's own staff account: a group with exactly the rights it needs and one member in it, whose API token the
 * service is given at pairing. Nobody knows its password.
 */
final readonly class StaffAccount
{
    public const GROUP = 'Reseller plugin';

    /** A reserved domain: nothing is ever mailed there. */
    public const EMAIL = 'service@reseller-plugin.invalid';

    /** Rights by module, proven to be enough (README of this host). */
    public const RIGHTS = [
        'order' => ['access' => true, 'view' => true, 'manage' => true],
        'invoice' => ['access' => true, 'view' => true, 'manage_invoices' => true],
        'client' => ['access' => true, 'view' => true, 'manage_balance' => true],
        'product' => ['access' => true, 'view' => true],
        'currency' => ['access' => true, 'view' => true],
        'support' => ['access' => true, 'view' => true, 'manage_tickets' => true],
        Installation::MODULE => ['access' => true],
    ];

    private object $staff;

    public function __construct(private \Pimple\Container $di)
    {
        $this->staff = $di['mod_service']('staff');
    }

    /**
     * Makes group and member, or puts them right. In the request of the admin, so that the host checks their rights.
     *
     * @throws PairingError when the admin is no super administrator: whoever pairs hands out all the rights above
     */
    public function prepare(): void
    {
        if (!$this->staff->isSuperAdministrator()) {
            throw new PairingError(
                'Only a super administrator can connect the service: it is given a staff account of its own.',
            );
        }
        try {
            $group = $this->group();
            $this->putInto($this->member($group), $group);
        } catch (InformationException $error) {
            throw new PairingError("The staff account of the service could not be made: {$error->getMessage()}");
        }
    }

    /** A new API token; the one before ends. @throws PairingError before `prepare` */
    public function freshToken(): string
    {
        $member = $this->find() ?? throw new PairingError('The service has no staff account here. Connect again.');
        $this->di['mod_service']('profile')->generateNewApiKey($member);
        return (string) $member->api_token;
    }

    /** Ends token and sessions. Group and member stay, because the host's history names them. */
    public static function revoke(\Pimple\Container $di): void
    {
        $sql = new Sql($di['pdo']);
        $member = $sql->row('SELECT id FROM admin WHERE email = ?', [self::EMAIL]);
        if ($member !== null) {
            $sql->run('UPDATE admin SET api_token = NULL WHERE id = ?', [(int) $member['id']]);
            $di['mod_service']('profile')->invalidateSessions('admin', (int) $member['id']);
        }
    }

    private function group(): object
    {
        $groups = $this->staff->getAdminGroupRepository();
        $group = $groups->findOneBy(['name' => self::GROUP])
            ?? $groups->findById($this->staff->createGroup(self::GROUP));
        if ($group->getPermissions() !== self::RIGHTS) {
            $this->staff->updateGroup($group, ['permissions' => self::RIGHTS]);
        }
        return $group;
    }

    private function member(object $group): object
    {
        $member = $this->find();
        if ($member === null) {
            $this->staff->create([
                'email' => self::EMAIL,
                'name' => self::GROUP,
                'password' => bin2hex(random_bytes(32)),
                'status' => 'active',
                'group_id' => $group->getId(),
            ]);
            $member = $this->find();
        }
        // Every listener and the host's event log saw the password above, so it is none any more.
        $member->pass = $this->di['password']->hashIt(bin2hex(random_bytes(32)));
        $member->status = 'active';
        $this->di['db']->store($member);
        return $member;
    }

    /** In this group and in no other: rights of groups add up. */
    private function putInto(object $member, object $group): void
    {
        $this->staff->addAdminToGroup($member, $group);
        $members = $this->staff->getAdminGroupMemberRepository();
        foreach ($members->findGroupsForAdmin((int) $member->id) as $other) {
            if ($other->getId() !== $group->getId()) {
                $this->staff->removeAdminFromGroup($member, $other);
            }
        }
    }

    private function find(): ?object
    {
        return $this->di['db']->findOne('Admin', 'email = :email', [':email' => self::EMAIL]) ?: null;
    }
}
