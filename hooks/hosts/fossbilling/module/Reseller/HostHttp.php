<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

use Box\Mod\Reseller\Bridge\CallableTransport;
use Box\Mod\Reseller\Bridge\HttpAnswer;

/** Requests by the host's own HTTP client, from the network interface that the host is set to. */
final class HostHttp
{
    public static function of(\Pimple\Container $di): CallableTransport
    {
        return new CallableTransport(static function (
            string $method,
            string $url,
            array $headers,
            ?string $body,
            float $seconds,
            int $maxBytes,
        ) use ($di): HttpAnswer {
            $response = $di['http_client']->request($method, $url, [
                'headers' => $headers,
                'body' => $body ?? '',
                'timeout' => $seconds,
                'max_duration' => $seconds,
                'max_redirects' => 0,
                'on_progress' => static function (int $bytes) use ($maxBytes): void {
                    if ($bytes > $maxBytes) {
                        throw new \LengthException('The answer is too long.');
                    }
                },
            ]);
            return new HttpAnswer(
                $response->getStatusCode(),
                $response->getHeaders(false),
                $response->getContent(false),
            );
        });
    }
}
