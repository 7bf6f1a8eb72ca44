<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The HTTP answer to a call. */
final readonly class CallAnswer
{
    /** @param array<string, string> $headers */
    private function __construct(public int $status, public array $headers, public string $body)
    {
    }

    /** @param mixed $content in the form of the contract */
    public static function ok(mixed $content): self
    {
        return self::json(200, $content);
    }

    public static function error(int $status, string $code, string $message, ?int $retryAfterSeconds = null): self
    {
        $more = $retryAfterSeconds === null ? [] : ['retry-after' => (string) $retryAfterSeconds];
        return self::json($status, ['error' => ['code' => $code, 'message' => $message]], $more);
    }

    /** @param array<string, string> $headers */
    private static function json(int $status, mixed $content, array $headers = []): self
    {
        $headers += ['content-type' => 'application/json', 'cache-control' => 'no-store'];
        return new self($status, $headers, Json::message($content));
    }
}
