<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Screens;

use Box\Mod\Reseller\Bridge\CallAnswer;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\SessionToken;
use Box\Mod\Reseller\Installation;

/** The tokens a screen asks the host page for: at its start, and before each of five minutes is over. */
final class SessionTokens
{
    /** Id of the plugin, the audience of its tokens. */
    private const PLUGIN = 'com.reseller-plugin';

    /**
     * @param string|null $csrf what the page sent with the request
     * @param int $nowMs the real clock in UTC milliseconds
     */
    public static function answer(\Pimple\Container $di, Visitor $visitor, ?string $csrf, int $nowMs): CallAnswer
    {
        $expected = $di['session']->get('csrf_token');
        if (!is_string($expected) || $expected === '' || !hash_equals($expected, (string) $csrf)) {
            return CallAnswer::error(403, 'csrf', 'Reload the page and try again.');
        }
        $installation = Installation::of($di);
        $keys = $installation->isActive() ? $installation->keys() : null;
        if ($keys === null) {
            return CallAnswer::error(503, 'not_paired', 'The reseller service is not connected.');
        }
        $token = SessionToken::mint(
            $keys->session->newest(),
            rtrim(SYSTEM_URL, '/'),
            self::PLUGIN,
            $keys->installation,
            "{$visitor->portal}:{$visitor->id}",
            $visitor->actingAdmin === null ? null : "admin:{$visitor->actingAdmin}",
            $visitor->portal,
            $visitor->scopes,
            $visitor->portal === 'client' ? $visitor->id : null,
            substr(hash('sha256', 'reseller-plugin ' . $di['session']->getId()), 0, 32),
            $nowMs,
            $visitor->name,
        );
        return CallAnswer::ok(['token' => $token, 'expiresAt' => Moment::text($nowMs + SessionToken::SECONDS * 1000)]);
    }
}
