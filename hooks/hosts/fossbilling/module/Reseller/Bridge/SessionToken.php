<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * Session tokens (JWT, HS256): the host mints them for its logged-in user, the plugin's screens show them to the plugin.
 * A token lives five minutes. It belongs into the frame's memory, never into an address or a cookie.
 */
final class SessionToken
{
    /** Seconds a token lives. */
    public const SECONDS = 300;

    /**
     * @param Key $key the newest of the session ring
     * @param string $issuer base URL of the host
     * @param string $audience id of the plugin
     * @param string $subject admin:<id> or client:<id> of the host
     * @param string|null $actingAdmin admin:<id> who acts as this client
     * @param string $portal admin or client
     * @param list<string> $scopes what the host lets this user do, cut to what the plugin was granted
     * @param string|null $account client account the portal is about; null for staff
     * @param string $sessionHash hash of the host's session, so that a logout ends every token of it
     * @param int $nowMs the real clock in UTC milliseconds
     * @param string|null $name what a staff member is called; null where the host does not say, and for clients
     * @throws \InvalidArgumentException when a claim is not of its form
     */
    public static function mint(
        Key $key,
        string $issuer,
        string $audience,
        string $installation,
        string $subject,
        ?string $actingAdmin,
        string $portal,
        array $scopes,
        ?string $account,
        string $sessionHash,
        int $nowMs,
        ?string $name = null,
    ): string {
        $iat = intdiv($nowMs, 1000);
        $claims = [
            'iss' => self::check('iss', $issuer, filter_var($issuer, FILTER_VALIDATE_URL) !== false),
            'aud' => self::check('aud', $audience, $audience !== ''),
            'iid' => self::check('iid', $installation, strlen($installation) >= 4),
            'sub' => self::check('sub', $subject, preg_match('/^(admin|client):.{1,120}$/usD', $subject) === 1),
        ];
        if ($actingAdmin !== null) {
            $isFor = str_starts_with($subject, 'client:') && preg_match('/^admin:.{1,120}$/usD', $actingAdmin) === 1;
            $claims['act'] = self::check('act', $actingAdmin, $isFor);
        }
        if ($name !== null) {
            $claims['name'] = self::check('name', $name, $portal === 'admin' && preg_match('/^\S(.{0,98}\S)?$/usD', $name) === 1);
        }
        $mayEnter = $portal === 'client' || ($portal === 'admin' && str_starts_with($subject, 'admin:'));
        $claims += [
            'portal' => self::check('portal', $portal, $mayEnter),
            'scopes' => array_values($scopes),
            'account' => $account,
            'sid' => self::check('sid', $sessionHash, strlen($sessionHash) >= 8 && strlen($sessionHash) <= 128),
            'jti' => 'st_' . Uuid7::make($nowMs),
            'iat' => $iat,
            'nbf' => $iat,
            'exp' => $iat + self::SECONDS,
        ];
        $header = ['alg' => 'HS256', 'kid' => $key->id, 'typ' => 'JWT'];
        $signed = self::encode(Json::canonical($header)) . '.' . self::encode(Json::canonical($claims));
        return $signed . '.' . self::encode($key->hmac($signed));
    }

    private static function check(string $claim, string $value, bool $fits): string
    {
        return $fits ? $value : throw new \InvalidArgumentException("The claim {$claim} is not of its form.");
    }

    private static function encode(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
