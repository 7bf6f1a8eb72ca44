<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Pairing;

/** The address of the service, as the admin gives it. */
final class ServiceAddress
{
    /**
     * The address without a slash at its end. Plain http only between machines of one private network.
     *
     * @param string $hostUrl the host's own address
     * @throws PairingError
     */
    public static function of(string $typed, string $hostUrl): string
    {
        $url = rtrim(trim($typed), '/');
        $parts = parse_url($url);
        $isAddress = is_array($parts) && filter_var($url, FILTER_VALIDATE_URL) !== false
            && in_array(strtolower($parts['scheme'] ?? ''), ['http', 'https'], true)
            && !isset($parts['user']) && !isset($parts['pass']) && !isset($parts['query']) && !isset($parts['fragment']);
        if (!$isAddress || strlen($url) > 500) {
            throw new PairingError('This is no address of a service. It looks like https://reseller.example.com');
        }
        $isPrivate = self::isPrivate($parts['host'] ?? '') && self::isPrivate((string) parse_url($hostUrl, PHP_URL_HOST));
        if (strtolower($parts['scheme']) === 'http' && !$isPrivate) {
            throw new PairingError(
                'Keys would travel unencrypted. Use the https address of the service; '
                . 'plain http is only for a service and a host in one private network.',
            );
        }
        return $url;
    }

    private static function isPrivate(string $host): bool
    {
        $host = trim($host, '[]');
        $isAddress = filter_var($host, FILTER_VALIDATE_IP) !== false;
        $addresses = $isAddress ? [$host] : (gethostbynamel($host) ?: []);
        $public = array_filter(
            $addresses,
            static fn (string $ip): bool => filter_var($ip, FILTER_VALIDATE_IP, FILTER_FLAG_GLOBAL_RANGE) !== false,
        );
        return $addresses !== [] && $public === [];
    }
}
