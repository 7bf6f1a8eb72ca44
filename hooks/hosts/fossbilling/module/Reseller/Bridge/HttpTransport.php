<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Sends one HTTP request. Each host has a client of its own for that. */
interface HttpTransport
{
    /**
     * Must not follow redirects, must check certificates, and must give up after the time for the whole exchange.
     * An answer with any status is an answer.
     *
     * @param array<string, string> $headers
     * @param string|null $body null = GET
     * @param float $seconds for the whole exchange, reading the answer included
     * @param int $maxBytes longest answer that needs to be read
     * @throws \Throwable when nobody answered in time
     */
    public function send(
        string $method,
        string $url,
        array $headers,
        ?string $body,
        float $seconds,
        int $maxBytes,
    ): HttpAnswer;
}
