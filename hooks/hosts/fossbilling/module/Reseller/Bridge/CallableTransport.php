<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** An HttpTransport over a function, so that a host's own HTTP client can be used. */
final readonly class CallableTransport implements HttpTransport
{
    /**
     * @param \Closure(string, string, array<string, string>, string|null, float, int): HttpAnswer $send as
     *     HttpTransport::send; with Symfony's client:
     *     $r = $http->request($method, $url, ['headers' => $headers, 'body' => $body ?? '', 'timeout' => $seconds,
     *         'max_duration' => $seconds, 'max_redirects' => 0]);
     *     return new HttpAnswer($r->getStatusCode(), $r->getHeaders(false), $r->getContent(false));
     */
    public function __construct(private \Closure $send)
    {
    }

    public function send(
        string $method,
        string $url,
        array $headers,
        ?string $body,
        float $seconds,
        int $maxBytes,
    ): HttpAnswer {
        return ($this->send)($method, $url, $headers, $body, $seconds, $maxBytes);
    }
}
