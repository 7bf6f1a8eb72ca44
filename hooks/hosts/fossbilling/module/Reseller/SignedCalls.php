<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

use Box\Mod\Reseller\Bridge\CallAnswer;
use Box\Mod\Reseller\Bridge\HostErrorCode;
use Box\Mod\Reseller\Bridge\PdoReplayGuard;
use Box\Mod\Reseller\Bridge\ServeCall;
use Box\Mod\Reseller\Bridge\VerifyFailure;
use Box\Mod\Reseller\Host\CallHandlers;

/** The service's signed calls: POST /reseller/bridge/v1/<call>. */
final class SignedCalls
{
    /**
     * @param string $path of the request, without its query
     * @param array<string, string> $headers
     * @param string $body as it came
     * @param int $nowMs the real clock in UTC milliseconds
     */
    public static function answer(
        \Pimple\Container $di,
        string $method,
        string $path,
        array $headers,
        string $body,
        int $nowMs,
    ): CallAnswer {
        $installation = Installation::of($di);
        if (!$installation->isActive()) {
            $paused = HostErrorCode::Unavailable;
            return CallAnswer::error($paused->status(), $paused->value, 'The module is deactivated in the host: a pause.');
        }
        $keys = $installation->keys();
        if ($keys === null) {
            $failure = VerifyFailure::UnknownInstallation;
            return CallAnswer::error($failure->status(), $failure->value, $failure->message());
        }
        $log = static function (string $reference, string $call, \Throwable $error) use ($di): void {
            // The kind and place only: messages of database errors hold values.
            $place = basename($error->getFile()) . ':' . $error->getLine();
            $di['logger']->error("Reseller: {$call} failed ({$reference}): " . $error::class . " at {$place}");
        };
        $serve = new ServeCall($keys, new PdoReplayGuard($installation->pdo()), CallHandlers::of($di), $log);
        return $serve->answer($method, $path, $headers, $body, $nowMs);
    }
}
