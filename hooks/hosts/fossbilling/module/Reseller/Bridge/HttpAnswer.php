<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** An HTTP answer. */
final readonly class HttpAnswer
{
    /** @var array<string, string> names in lower case, one value each */
    public array $headers;

    /** @param array<string, string|list<string>> $headers as the host's client gives them */
    public function __construct(public int $status, array $headers, public string $body)
    {
        $lower = [];
        foreach ($headers as $name => $value) {
            $lower[strtolower((string) $name)] = is_array($value) ? (string) ($value[0] ?? '') : $value;
        }
        $this->headers = $lower;
    }
}
